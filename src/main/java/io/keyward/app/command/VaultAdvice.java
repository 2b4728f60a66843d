package io.keyward.app.command;

import io.keyward.vault.DenialReason;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.ProbeResult;
import java.util.Optional;

/// What a vault's answer means for the environments under a key, and what the key's owner or the operator can do.
record VaultAdvice(String meaning, String remedy) {
    private static final String ROLE = "\"Key Vault Crypto Service Encryption User\"";

    static VaultAdvice forResult(ProbeResult result) {
        return switch (result.outcome()) {
            case USABLE -> usable(result.key());
            case DISABLED ->
                new VaultAdvice(
                        revoked("KEY_DISABLED"),
                        "The owner of the key enables the version again, if it is to be used.");
            case DELETED_RECOVERABLE ->
                new VaultAdvice(
                        revoked("KEY_DELETED"),
                        "The owner of the key recovers it (az keyvault key recover) before it is purged.");
            case ABSENT ->
                new VaultAdvice(
                        revoked("KEY_DELETED"),
                        "Check the name and the version. A key that was purged comes back from a backup only (az keyvault key restore).");
            case ACCESS_DENIED -> denied(result.denial());
            case EXPIRED ->
                new VaultAdvice(
                        "The key still unwraps but no longer wraps. " + revoked("KEY_EXPIRED"),
                        "The owner of the key rotates it, or moves its expiry.");
            case NOT_YET_VALID ->
                new VaultAdvice(
                        "The key unwraps but does not wrap yet. " + revoked("OTHER"),
                        "Wait, or let the owner of the key move its activation.");
            case UNSUITABLE ->
                new VaultAdvice(
                        revoked("OTHER"),
                        "Use a key of type RSA or RSA-HSM of 2048, 3072 or 4096 bits that permits wrapKey and unwrapKey.");
            case THROTTLED ->
                new VaultAdvice(unknown(), "Find out what else uses up the quota of the vault. The watch waits.");
            case UNAVAILABLE ->
                new VaultAdvice(
                        unknown() + " A vault that was deleted looks just like this.",
                        "Check the spelling, name resolution and the way to the vault from here (curl -I, nslookup).");
            case OWN_IDENTITY ->
                new VaultAdvice(
                        unknown(),
                        "Check keyward.vault.credential and what belongs to it, that the application is known in the"
                                + " tenant of the vault, and that keyward.vault.allowed-tenants has that tenant.");
        };
    }

    private static VaultAdvice usable(Optional<KeyDescription> key) {
        return new VaultAdvice(
                "Keyward can use the key.",
                key.filter(found -> !found.purgeProtected()).isPresent()
                        ? "Turn on purge protection: without it a key can be lost for good, and all data under it."
                        : "Nothing.");
    }

    private static VaultAdvice denied(Optional<DenialReason> reason) {
        return switch (reason.orElse(DenialReason.RBAC)) {
            case RBAC ->
                new VaultAdvice(
                        revoked("ACCESS_REMOVED"),
                        "The owner of the vault assigns the role " + ROLE
                                + " on the key or the vault to Keyward's identity. It takes up to ten minutes to apply.");
            case POLICY ->
                new VaultAdvice(
                        revoked("ACCESS_REMOVED"),
                        "The owner of the vault gives Keyward's identity the key permissions get, wrapKey and unwrapKey"
                                + " in its access policies.");
            case NETWORK ->
                new VaultAdvice(
                        revoked("NETWORK_BLOCKED"),
                        "The owner of the vault lets the address of Keyward through its firewall, or approves its"
                                + " private endpoint.");
        };
    }

    private static String revoked(String cause) {
        return "As long as it stays so, data under the key is locked: the watch reports key-revoked, cause " + cause
                + ", once several deep probes agree.";
    }

    private static String unknown() {
        return "This says nothing of the key, and nothing is reported; the metric"
                + " keyward_vault_last_conclusive_probe_age_seconds grows.";
    }
}
