package io.keyward.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// A bounded cache of answers and, for a while, of refusals; two threads may ask for the same thing at once. Safe for
/// many threads, none of which waits for another.
final class Memory<K, V> {
    private final int bound;
    private final Duration refusalsLast;
    private final InstantSource clock;
    private final Map<K, V> answers = new ConcurrentHashMap<>();

    /// Apart, so that many refusals do not push answers out.
    private final Map<K, Refusal> refusals = new ConcurrentHashMap<>();

    private record Refusal(RegistryRefusalException reason, Instant until) {}

    Memory(int bound, Duration refusalsLast, InstantSource clock) {
        this.bound = bound;
        this.refusalsLast = refusalsLast;
        this.clock = clock;
    }

    V of(K key, Supplier<V> question) {
        V answer = answers.get(key);
        if (answer != null) {
            return answer;
        }
        Refusal refusal = refusals.get(key);
        if (refusal != null && clock.instant().isBefore(refusal.until())) {
            throw new RegistryRefusalException(
                    refusal.reason().code(), refusal.reason().getMessage());
        }
        return asked(key, question);
    }

    private V asked(K key, Supplier<V> question) {
        try {
            V value = question.get();
            remember(answers, key, value);
            return value;
        } catch (RegistryRefusalException reason) {
            if (refusalsLast.isPositive()) {
                remember(refusals, key, new Refusal(reason, clock.instant().plus(refusalsLast)));
            }
            throw reason;
        }
    }

    private <T> void remember(Map<K, T> entries, K key, T value) {
        if (entries.size() >= bound && !entries.containsKey(key)) {
            entries.clear();
        }
        entries.put(key, value);
    }
}
