package io.keyward.vault;

import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyType;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import io.keyward.domain.id.KeyVersion;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// The vault's description of a key. `version` is the probed version: the current one, unless the reference
/// named another one.
public record KeyDescription(
        KeyVersion version,
        KeyShape shape,
        Optional<Instant> notBefore,
        Optional<Instant> expiresAt,
        boolean purgeProtected) {
    static KeyDescription of(KeyVaultKey key) {
        KeyProperties properties = key.getProperties();
        return new KeyDescription(
                KeyVersion.parse("version", properties.getVersion()),
                shape(key),
                Optional.ofNullable(properties.getNotBefore()).map(OffsetDateTime::toInstant),
                Optional.ofNullable(properties.getExpiresOn()).map(OffsetDateTime::toInstant),
                isPurgeProtected(properties));
    }

    private static KeyShape shape(KeyVaultKey key) {
        KeyType type = key.getKeyType();
        KeyShape.Kind other = KeyType.RSA_HSM.equals(type) ? KeyShape.Kind.RSA_HSM : KeyShape.Kind.OTHER;
        byte[] modulus = key.getKey().getN();
        return new KeyShape(
                KeyType.RSA.equals(type) ? KeyShape.Kind.RSA : other,
                modulus == null ? 0 : new BigInteger(1, modulus).bitLength());
    }

    /// A recovery level without "Purgeable" means that nobody can purge the key while it is recoverable.
    private static boolean isPurgeProtected(KeyProperties properties) {
        String level = properties.getRecoveryLevel();
        return level != null && !level.contains("Purgeable");
    }
}
