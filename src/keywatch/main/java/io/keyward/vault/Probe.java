package io.keyward.vault;

import com.azure.core.exception.HttpResponseException;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/// Reads a key. A round trip also wraps and unwraps a random secret with it in the vault.
record Probe(AzureClients clients, Clock clock, KeyReference key, ProbeKind depth) {
    private static final SecureRandom RANDOM = new SecureRandom();

    ProbeResult run() {
        try {
            String version = key.version().map(KeyVersion::value).orElse("");
            return evaluate(clients.keys(key.key().vaultUri()).getKey(key.key().keyName(), version));
        } catch (HttpResponseException refused) {
            ProbeResult finding = read(refused, "get", Optional.empty());
            return finding.outcome() == ProbeOutcome.ABSENT ? deletedOr(finding) : finding;
        }
    }

    private ProbeResult evaluate(KeyVaultKey found) {
        KeyDescription description = KeyDescription.of(found);
        if (Boolean.FALSE.equals(found.getProperties().isEnabled())) {
            return ProbeResult.of(ProbeOutcome.DISABLED, "The version is disabled.")
                    .about(description);
        }
        return unsuitable(description)
                .orElseGet(() -> depth == ProbeKind.ROUND_TRIP ? roundTrip(description) : dated(description))
                .about(description);
    }

    private static Optional<ProbeResult> unsuitable(KeyDescription description) {
        if (!description.shape().isRsa()) {
            return Optional.of(ProbeResult.of(ProbeOutcome.UNSUITABLE, "The key is not an RSA key."));
        }
        return description.wraps()
                ? Optional.empty()
                : Optional.of(
                        ProbeResult.of(ProbeOutcome.UNSUITABLE, "The key's permitted operations lack wrap or unwrap."));
    }

    private ProbeResult dated(KeyDescription description) {
        return Reading.dated(description, clock.instant())
                .map(dated -> ProbeResult.of(dated.outcome(), dated.detail() + "."))
                .orElseGet(() -> ProbeResult.of(ProbeOutcome.USABLE, "The version is enabled and within its dates."));
    }

    /// Does not check the dates, because the vault refuses to wrap with a key outside its dates, by the vault's
    /// own clock.
    private ProbeResult roundTrip(KeyDescription description) {
        CryptographyClient vault = clients.cryptography(key.key() + "/" + description.version());
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        KeyOperation operation = KeyOperation.WRAP_KEY;
        try {
            byte[] wrapped =
                    vault.wrapKey(KeyWrapAlgorithm.RSA_OAEP_256, secret).getEncryptedKey();
            operation = KeyOperation.UNWRAP_KEY;
            byte[] unwrapped =
                    vault.unwrapKey(KeyWrapAlgorithm.RSA_OAEP_256, wrapped).getKey();
            return MessageDigest.isEqual(secret, unwrapped)
                    ? ProbeResult.of(ProbeOutcome.USABLE, "The version has wrapped and unwrapped a secret.")
                    : ProbeResult.of(
                            ProbeOutcome.UNAVAILABLE, "The vault has unwrapped something else than it wrapped.");
        } catch (HttpResponseException refused) {
            return read(refused, operation.toString(), Optional.of(description));
        }
    }

    /// Looks for a deleted key. Returns that it can be recovered if we may read it, and `absent` if we may not.
    /// Returns an inconclusive answer unchanged.
    private ProbeResult deletedOr(ProbeResult absent) {
        try {
            var deleted =
                    clients.keys(key.key().vaultUri()).getDeletedKey(key.key().keyName());
            String until = Optional.ofNullable(deleted.getScheduledPurgeDate())
                    .map(date -> " until " + date.toInstant())
                    .orElse("");
            return ProbeResult.of(
                            ProbeOutcome.DELETED_RECOVERABLE, "The key is deleted and can be recovered" + until + ".")
                    .about(KeyDescription.of(deleted));
        } catch (HttpResponseException refused) {
            ProbeResult finding = read(refused, "get", Optional.empty());
            return finding.conclusive() ? absent : finding;
        }
    }

    private ProbeResult read(HttpResponseException refused, String operation, Optional<KeyDescription> known) {
        return refused.getResponse() == null
                ? OutageCause.of(refused)
                : new Reading(operation, known, clock).of(Refusal.of(refused, clock));
    }
}
