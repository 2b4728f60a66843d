package io.keyward.intake;

import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.Sha256;
import io.keyward.domain.id.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secrets by which senders show that they send for a tenant. Safe for many threads.
///
/// They are in a folder with one file for each tenant, named like the tenant, with one secret on each line. The folder
/// is read again when they are used, at most every few seconds. A file that cannot be used leaves the tenant's secrets
/// as they were, and the log has one line about it. Only digests are kept.
public final class TenantSecrets {
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int DIGEST_BYTES = 32;
    private static final Pattern SECRET = Pattern.compile("[\\x21-\\x7e]{16,}");
    private static final int LARGEST_FILE = 65_536;

    private final Path folder;
    private final LongSupplier nanos;
    private final Logger log;
    private final ReentrantLock reading = new ReentrantLock();

    /// Compared for tenants that do not exist, so that they take as long.
    private final List<byte[]> ofNobody = List.of(new SecureRandom().generateSeed(DIGEST_BYTES));

    private volatile Map<TenantId, List<byte[]>> digests = Map.of();
    private volatile long readAt;

    /// What has been logged and still holds.
    private Set<String> problems = new HashSet<>();

    private TenantSecrets(Path folder, LongSupplier nanos, Logger log) {
        this.folder = folder;
        this.nanos = nanos;
        this.log = log;
    }

    /// Reads the folder. It may be empty.
    ///
    /// @throws UncheckedIOException naming the folder if it cannot be read
    public static TenantSecrets read(Path folder) {
        return read(folder, System::nanoTime, LoggerFactory.getLogger(TenantSecrets.class));
    }

    static TenantSecrets read(Path folder, LongSupplier nanos, Logger log) {
        TenantSecrets secrets = new TenantSecrets(folder, nanos, log);
        try {
            secrets.read();
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The folder " + folder + " with the tenants' secrets cannot be read (" + failure + ").", failure);
        }
        return secrets;
    }

    /// The tenant with this name, if one of its secrets is shown. An unknown tenant takes as long as a wrong secret.
    ///
    /// @param shown each value that may be the secret
    public Optional<TenantId> tenant(String name, List<String> shown) {
        renew();
        Optional<TenantId> tenant = tenant(name);
        List<byte[]> expected = tenant.map(digests::get).orElse(ofNobody);
        boolean isShown = false;
        for (String value : shown) {
            byte[] digest = Sha256.of(value);
            for (byte[] secret : expected) {
                isShown |= MessageDigest.isEqual(secret, digest);
            }
        }
        return isShown ? tenant : Optional.empty();
    }

    /// How many tenants have a secret.
    public int tenants() {
        renew();
        return digests.size();
    }

    private void renew() {
        if (isDue() && reading.tryLock()) {
            try {
                if (isDue()) {
                    read();
                }
            } catch (IOException failure) {
                logNew(Set.of("The folder " + folder + " cannot be read (" + failure + "); the secrets stay in use."));
            } finally {
                reading.unlock();
            }
        }
    }

    private boolean isDue() {
        return nanos.getAsLong() - readAt >= PERIOD.toNanos();
    }

    /// Kubernetes mounts the folder from a secret: names that begin with a dot are not files of tenants, and the
    /// others are links. Everything stays if the folder cannot be read.
    private void read() throws IOException {
        readAt = nanos.getAsLong();
        Map<TenantId, List<byte[]>> found = new HashMap<>();
        Set<String> unusable = new HashSet<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, file -> !name(file).startsWith("."))) {
            for (Path file : files) {
                Optional<TenantId> tenant = tenant(name(file));
                try {
                    require(tenant.isPresent(), "its name cannot be a tenant's");
                    found.put(tenant.get(), digests(file));
                } catch (IllegalArgumentException | IOException failure) {
                    String why = failure instanceof IOException ? failure.toString() : failure.getMessage();
                    tenant.map(digests::get).ifPresent(kept -> found.put(tenant.get(), kept));
                    unusable.add("The file " + file + " has no valid secrets (" + why
                            + "); those before it stay in use, if there were any.");
                }
            }
        }
        logNew(unusable);
        digests = Map.copyOf(found);
    }

    private void logNew(Set<String> found) {
        found.stream().filter(problem -> !problems.contains(problem)).sorted().forEach(log::error);
        problems = found;
    }

    /// The tenant that a file or a path is named after. Empty if no tenant can have this name.
    private static Optional<TenantId> tenant(String name) {
        try {
            return Optional.of(new TenantId(name));
        } catch (RefusedException _) {
            return Optional.empty();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /// @throws IllegalArgumentException if the file does not hold secrets; says why, and nothing of what it holds
    /// @throws IOException if it cannot be read
    private static List<byte[]> digests(Path file) throws IOException {
        require(
                Files.isRegularFile(file) && Files.size(file) <= LARGEST_FILE,
                "it is not a file of at most " + LARGEST_FILE + " bytes");
        List<byte[]> digests = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            number++;
            String secret = line.strip();
            if (!secret.isEmpty()) {
                require(
                        SECRET.matcher(secret).matches(),
                        "line " + number + " is not at least 16 visible ASCII characters");
                digests.add(Sha256.of(secret));
            }
        }
        require(!digests.isEmpty(), "it is empty");
        return List.copyOf(digests);
    }

    private static void require(boolean usable, String problem) {
        if (!usable) {
            throw new IllegalArgumentException(problem);
        }
    }

    @Override
    public String toString() {
        return "TenantSecrets[hidden]";
    }
}
