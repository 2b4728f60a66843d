package io.keyward.sandbox;

import io.keyward.domain.id.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;

/// What an intake must know of a sandbox's tenants: a secret of each.
///
/// @param secrets the folder with one file for each tenant
public record IntakeFiles(Path secrets) {
    private static final int SECRET_BYTES = 24;

    /// Where the files are in this folder.
    public static IntakeFiles in(SandboxFolder folder) {
        return new IntakeFiles(folder.part("intake/secrets"));
    }

    /// Writes the files. Secrets that are there stay.
    ///
    /// @throws UncheckedIOException if the folder cannot be used
    public void write(Collection<TenantId> tenants) {
        try {
            Files.createDirectories(secrets);
            for (TenantId tenant : tenants) {
                Path secret = secrets.resolve(tenant.value());
                if (Files.notExists(secret)) {
                    Files.writeString(ownersOnly(secret), newSecret() + System.lineSeparator());
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The files of the sandbox's intake cannot be written", failure);
        }
    }

    /// The secret of a tenant.
    ///
    /// @throws UncheckedIOException if it cannot be read
    public String secret(TenantId tenant) {
        try {
            return Files.readString(secrets.resolve(tenant.value())).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException("The secret of " + tenant + " cannot be read", failure);
        }
    }

    private static Path ownersOnly(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : Files.createFile(file);
    }

    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
