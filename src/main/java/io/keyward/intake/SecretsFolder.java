package io.keyward.intake;

import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;

/// The folder with the files of secrets. Kubernetes mounts it from a secret: names that begin with a dot are not
/// files of tenants, and the others are links. Keeps digests only.
final class SecretsFolder {
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{16,}");
    private static final int LARGEST_FILE = 65_536;

    private final Path folder;
    private final Logger log;

    /// What has been logged and still holds.
    private Set<String> problems = new HashSet<>();

    SecretsFolder(Path folder, Logger log) {
        this.folder = folder;
        this.log = log;
    }

    /// A file that does not hold secrets. The message says why, and nothing of what it holds.
    private static final class UnusableFileException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableFileException(String message) {
            super(message);
        }
    }

    /// The tenant that a file or a path is named after. Empty if no tenant can have this name.
    static Optional<TenantId> tenant(String name) {
        try {
            return Optional.of(new TenantId(name));
        } catch (RefusedException _) {
            return Optional.empty();
        }
    }

    static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The digests of each tenant's secrets.
    ///
    /// @param before what stays for a tenant whose file cannot be used
    /// @throws IOException if the folder cannot be read
    Map<TenantId, List<byte[]>> read(Map<TenantId, List<byte[]>> before) throws IOException {
        Map<TenantId, List<byte[]>> digests = new HashMap<>();
        Set<String> found = new HashSet<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, file -> !name(file).startsWith("."))) {
            for (Path file : files) {
                Optional<TenantId> tenant = tenant(name(file));
                try {
                    digests.put(tenant.orElseThrow(SecretsFolder::noTenant), digests(file));
                } catch (UnusableFileException unusable) {
                    tenant.map(before::get).ifPresent(kept -> digests.put(tenant.get(), kept));
                    found.add("The file " + file + " has no valid secrets (" + unusable.getMessage()
                            + "); those before it stay in use, if there were any.");
                }
            }
        }
        logNew(found);
        return Map.copyOf(digests);
    }

    /// Like [#read], but everything stays if the folder cannot be read.
    Map<TenantId, List<byte[]>> readAgain(Map<TenantId, List<byte[]>> before) {
        try {
            return read(before);
        } catch (IOException failure) {
            logNew(Set.of("The folder " + folder + " cannot be read (" + failure + "); the secrets stay in use."));
            return before;
        }
    }

    private static List<byte[]> digests(Path file) throws UnusableFileException {
        List<byte[]> digests = new ArrayList<>();
        int number = 0;
        for (String line : text(file).lines().toList()) {
            number++;
            String secret = line.strip();
            if (!secret.isEmpty() && !SECRET.matcher(secret).matches()) {
                throw new UnusableFileException("line " + number + " is not at least 16 visible ASCII characters");
            }
            if (!secret.isEmpty()) {
                digests.add(digest(secret));
            }
        }
        if (digests.isEmpty()) {
            throw new UnusableFileException("it is empty");
        }
        return List.copyOf(digests);
    }

    private static String text(Path file) throws UnusableFileException {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
                throw new UnusableFileException("it is not a file of at most " + LARGEST_FILE + " bytes");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UnusableFileException(failure.toString());
        }
    }

    private void logNew(Set<String> found) {
        found.stream().filter(problem -> !problems.contains(problem)).sorted().forEach(log::error);
        problems = found;
    }

    private static UnusableFileException noTenant() {
        return new UnusableFileException("its name cannot be a tenant's");
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
