package io.keyward.sandbox.vault;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/// RSA-OAEP with SHA-256, the only emulated algorithm.
final class WrapAlgorithm {
    static final String NAME = "RSA-OAEP-256";

    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private WrapAlgorithm() {}

    static byte[] wrap(KeyPair pair, byte[] value) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.ENCRYPT_MODE, pair.getPublic(), OAEP);
            return cipher.doFinal(value);
        } catch (GeneralSecurityException tooLong) {
            throw VaultRefusedException.badParameter("The value cannot be wrapped.");
        }
    }

    static byte[] unwrap(KeyPair pair, byte[] value) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate(), OAEP);
            return cipher.doFinal(value);
        } catch (GeneralSecurityException foreign) {
            throw VaultRefusedException.badParameter("The value was not wrapped by this version.");
        }
    }
}
