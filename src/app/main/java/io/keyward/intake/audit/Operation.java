package io.keyward.intake.audit;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An operation on key vaults, as <https://learn.microsoft.com/azure/key-vault/general/logging> lists them.
///
/// @param name its name in audit logs
record Operation(String name, Effect effect) {
    /// What an operation can change of keys.
    enum Effect {
        /// One key.
        KEY,
        /// Every key of the vault, or who may use them.
        VAULT,
        NOTHING
    }

    private static final String OF_KEY = """
            KeyCreate KeyDelete KeyImport KeyPurge KeyRecover KeyRestore KeyRotate KeyRotateIfDue KeyUpdate
            """;

    /// The notification is logged even if Event Grid has no subscription.
    private static final String OF_VAULT = """
            VaultAccessPolicyChangedEventGridNotification VaultDelete VaultPatch VaultPurge VaultPut VaultRecover
            """;

    private static final String WITHOUT_EFFECT = """
            Authentication VaultGet VaultGetDeleted VaultList VaultListDeleted
            KeyBackup KeyDecrypt KeyEncrypt KeyExpiredEventGridNotification KeyGet KeyGetDeleted KeyList
            KeyListDeleted KeyListVersions KeyNearExpiryEventGridNotification KeyRotationPolicyGet
            KeyRotationPolicySet KeySign KeyUnwrap KeyVerify KeyWrap
            SecretBackup SecretDelete SecretExpiredEventGridNotification SecretGet SecretGetDeleted SecretList
            SecretListDeleted SecretListVersions SecretNearExpiryEventGridNotification SecretPurge SecretRecover
            SecretRestore SecretSet SecretUpdate
            CertificateBackup CertificateContactsDelete CertificateContactsGet CertificateContactsSet
            CertificateCreate CertificateDelete CertificateEnroll CertificateExpiredEventGridNotification
            CertificateGet CertificateGetDeleted CertificateImport CertificateIssuerDelete CertificateIssuerGet
            CertificateIssuerSet CertificateIssuerUpdate CertificateIssuersList CertificateList
            CertificateListDeleted CertificateListVersions CertificateNearExpiryEventGridNotification
            CertificatePendingDelete CertificatePendingGet CertificatePendingMerge CertificatePendingUpdate
            CertificatePolicyGet CertificatePolicySet CertificatePolicyUpdate CertificatePurge
            CertificateRecover CertificateRenew CertificateRestore CertificateUpdate
            """;

    private static final Map<String, Operation> ALL = Stream.of(
                    of(OF_KEY, Effect.KEY), of(OF_VAULT, Effect.VAULT), of(WITHOUT_EFFECT, Effect.NOTHING))
            .flatMap(operations -> operations)
            .collect(Collectors.toUnmodifiableMap(Operation::name, operation -> operation));

    private static Stream<Operation> of(String names, Effect effect) {
        return Arrays.stream(names.strip().split("\\s+", -1)).map(name -> new Operation(name, effect));
    }

    /// The operation with this name; empty if it is not documented.
    static Optional<Operation> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }
}
