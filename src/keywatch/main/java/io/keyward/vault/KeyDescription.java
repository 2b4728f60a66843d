package io.keyward.vault;

import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyType;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.keyward.domain.id.KeyVersion;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// The vault's description of a key. `version` is the probed version: the current one, unless the reference
/// named another one.
///
/// @param wraps whether wrapping and unwrapping are among its permitted operations
public record KeyDescription(
        KeyVersion version,
        KeyShape shape,
        boolean wraps,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        RecoveryLevel recovery) {
    static KeyDescription of(KeyVaultKey key) {
        KeyProperties properties = key.getProperties();
        return new KeyDescription(
                KeyVersion.parse("version", properties.getVersion()),
                shape(key),
                wraps(key.getKeyOperations()),
                Optional.ofNullable(properties.getNotBefore()).map(OffsetDateTime::toInstant),
                Optional.ofNullable(properties.getExpiresOn()).map(OffsetDateTime::toInstant),
                RecoveryLevel.of(properties.getRecoveryLevel()));
    }

    /// A vault that names no operations permits all of them.
    private static boolean wraps(List<KeyOperation> permitted) {
        return permitted == null || permitted.containsAll(List.of(KeyOperation.WRAP_KEY, KeyOperation.UNWRAP_KEY));
    }

    private static KeyShape shape(KeyVaultKey key) {
        KeyType type = key.getKeyType();
        KeyShape.Kind other = KeyType.RSA_HSM.equals(type) ? KeyShape.Kind.RSA_HSM : KeyShape.Kind.OTHER;
        byte[] modulus = key.getKey().getN();
        return new KeyShape(
                KeyType.RSA.equals(type) ? KeyShape.Kind.RSA : other,
                modulus == null ? 0 : new BigInteger(1, modulus).bitLength());
    }
}
