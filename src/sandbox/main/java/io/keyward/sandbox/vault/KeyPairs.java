package io.keyward.sandbox.vault;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Two key pairs of each kind, which the versions of all keys of a process use in turn, because making a pair takes
/// 0.1 s or more. Consecutive versions of a key never use the same pair.
final class KeyPairs {
    private static final int POOL = 2;

    private static final Map<String, KeyPair> MADE = new ConcurrentHashMap<>();

    /// The pair of a version of this key. HSM keys use the same pairs as others.
    KeyPair of(StoredKey key, Version version) {
        KeyKind kind = key.kind();
        int number = key.versions().indexOf(version) % POOL;
        return MADE.computeIfAbsent("%s %d %d".formatted(algorithm(kind), kind.bits(), number), _ -> generated(kind));
    }

    private static String algorithm(KeyKind kind) {
        return kind.isRsa() ? "RSA" : "EC";
    }

    private static KeyPair generated(KeyKind kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm(kind));
            generator.initialize(kind.bits());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
