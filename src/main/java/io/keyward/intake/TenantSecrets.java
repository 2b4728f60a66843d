package io.keyward.intake;

import io.keyward.domain.id.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secrets by which senders show that they send for a tenant. Safe for many threads.
///
/// They are in a folder with one file for each tenant, named like the tenant, with one secret on each line. The folder
/// is read again when they are used, at most every few seconds. A file that cannot be used leaves the tenant's secrets
/// as they were, and the log has one line about it.
public final class TenantSecrets {
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final int DIGEST_BYTES = 32;

    private final SecretsFolder folder;
    private final LongSupplier nanos;
    private final ReentrantLock reading = new ReentrantLock();

    /// Compared for tenants that do not exist, so that they take as long.
    private final List<byte[]> ofNobody = List.of(new SecureRandom().generateSeed(DIGEST_BYTES));

    private volatile Map<TenantId, List<byte[]>> digests;
    private volatile long readAt;

    private TenantSecrets(SecretsFolder folder, LongSupplier nanos) throws IOException {
        this.folder = folder;
        this.nanos = nanos;
        readAt = nanos.getAsLong();
        digests = folder.read(Map.of());
    }

    /// Reads the folder. It may be empty.
    ///
    /// @throws UncheckedIOException naming the folder if it cannot be read
    public static TenantSecrets read(Path folder) {
        return read(folder, System::nanoTime, LoggerFactory.getLogger(TenantSecrets.class));
    }

    static TenantSecrets read(Path folder, LongSupplier nanos, Logger log) {
        try {
            return new TenantSecrets(new SecretsFolder(folder, log), nanos);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The folder " + folder + " with the tenants' secrets cannot be read (" + failure + ").", failure);
        }
    }

    /// The tenant with this name, if one of its secrets is shown. An unknown tenant takes as long as a wrong secret.
    ///
    /// @param shown each value that may be the secret
    public Optional<TenantId> tenant(String name, List<String> shown) {
        renew();
        Optional<TenantId> tenant = SecretsFolder.tenant(name);
        List<byte[]> expected = tenant.map(digests::get).orElse(ofNobody);
        boolean isShown = false;
        for (String value : shown) {
            byte[] digest = SecretsFolder.digest(value);
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
                    digests = folder.readAgain(digests);
                    readAt = nanos.getAsLong();
                }
            } finally {
                reading.unlock();
            }
        }
    }

    private boolean isDue() {
        return nanos.getAsLong() - readAt >= PERIOD.toNanos();
    }

    @Override
    public String toString() {
        return "TenantSecrets[hidden]";
    }
}
