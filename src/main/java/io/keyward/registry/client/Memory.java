package io.keyward.registry.client;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// A bounded cache of answers and of refusals, each for a while; two threads may ask for the same thing at once. Safe
/// for many threads, none of which waits for another.
final class Memory<K, V> {
    private final int bound;
    private final Lifetimes lifetimes;
    private final InstantSource clock;
    private final Map<K, Remembered<V>> answers = new ConcurrentHashMap<>();

    /// Apart, so that many refusals do not push answers out.
    private final Map<K, Remembered<RegistryRefusalException>> refusals = new ConcurrentHashMap<>();

    /// How long an answer and a refusal are believed.
    record Lifetimes(Duration answers, Duration refusals) {}

    private record Remembered<T>(T said, Instant at) {
        boolean isBelieved(Duration lifetime, InstantSource clock) {
            return lifetime.equals(CacheLimits.FOREVER)
                    || Duration.between(at, clock.instant()).compareTo(lifetime) < 0;
        }
    }

    Memory(int bound, Lifetimes lifetimes, InstantSource clock) {
        this.bound = bound;
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    V of(K key, Supplier<V> question) {
        Remembered<V> answer = answers.get(key);
        if (answer != null && answer.isBelieved(lifetimes.answers(), clock)) {
            return answer.said();
        }
        Remembered<RegistryRefusalException> refusal = refusals.get(key);
        if (refusal != null && refusal.isBelieved(lifetimes.refusals(), clock)) {
            throw new RegistryRefusalException(
                    refusal.said().code(), refusal.said().getMessage());
        }
        return asked(key, question);
    }

    private V asked(K key, Supplier<V> question) {
        try {
            V value = question.get();
            remember(answers, key, value);
            return value;
        } catch (RegistryRefusalException reason) {
            if (lifetimes.refusals().isPositive()) {
                remember(refusals, key, reason);
            }
            throw reason;
        }
    }

    private <T> void remember(Map<K, Remembered<T>> entries, K key, T said) {
        if (entries.size() >= bound && !entries.containsKey(key)) {
            entries.clear();
        }
        entries.put(key, new Remembered<>(said, clock.instant()));
    }
}
