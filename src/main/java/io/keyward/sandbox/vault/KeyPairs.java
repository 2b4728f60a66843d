package io.keyward.sandbox.vault;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Two key pairs of each kind, which the versions of all keys use in turn. Generating a pair takes 0.1 s or
/// more. Consecutive versions of a key never use the same pair.
final class KeyPairs {
    private static final int POOL = 2;

    private final Map<String, List<KeyPair>> pools = new HashMap<>();
    private final Map<String, Integer> given = new HashMap<>();

    /// The number of the pair for the first version of a key.
    synchronized int first(KeyKind kind) {
        return made(kind, (given.merge(kind.pool(), 1, Integer::sum) - 1) % POOL);
    }

    /// The number of the pair for the version after one with this pair.
    synchronized int after(KeyKind kind, int pair) {
        return made(kind, (pair + 1) % POOL);
    }

    synchronized KeyPair get(KeyKind kind, int number) {
        return pools.get(kind.pool()).get(number);
    }

    private int made(KeyKind kind, int number) {
        List<KeyPair> pool = pools.computeIfAbsent(kind.pool(), _ -> new ArrayList<>());
        while (pool.size() <= number) {
            pool.add(generated(kind));
        }
        return number;
    }

    synchronized Map<String, List<KeyPair>> all() {
        Map<String, List<KeyPair>> copy = new HashMap<>();
        pools.forEach((pool, pairs) -> copy.put(pool, List.copyOf(pairs)));
        return copy;
    }

    synchronized void add(String pool, byte[] publicKey, byte[] privateKey) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance(pool.startsWith("rsa") ? "RSA" : "EC");
        pools.computeIfAbsent(pool, _ -> new ArrayList<>())
                .add(new KeyPair(
                        factory.generatePublic(new X509EncodedKeySpec(publicKey)),
                        factory.generatePrivate(new PKCS8EncodedKeySpec(privateKey))));
    }

    private static KeyPair generated(KeyKind kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.isRsa() ? "RSA" : "EC");
            generator.initialize(kind.bits());
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
