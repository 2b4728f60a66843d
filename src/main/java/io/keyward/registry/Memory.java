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
    private final Duration answersLast;
    private final Duration refusalsLast;
    private final InstantSource clock;
    private final Map<K, Entry<V>> answers = new ConcurrentHashMap<>();

    /// Apart, so that many refusals do not push answers out.
    private final Map<K, Entry<RegistryRefusalException>> refusals = new ConcurrentHashMap<>();

    private record Entry<T>(T value, Instant until) {}

    private Memory(int bound, Duration answersLast, Duration refusalsLast, InstantSource clock) {
        this.bound = bound;
        this.answersLast = answersLast;
        this.refusalsLast = refusalsLast;
        this.clock = clock;
    }

    static <K, V> Memory<K, V> lasting(int bound) {
        return new Memory<>(bound, Duration.ofDays(36_500), Duration.ZERO, InstantSource.system());
    }

    static <K, V> Memory<K, V> lasting(int bound, Duration refusalsLast, InstantSource clock) {
        return new Memory<>(bound, Duration.ofDays(36_500), refusalsLast, clock);
    }

    static <K, V> Memory<K, V> fading(int bound, Duration answersLast, InstantSource clock) {
        return new Memory<>(bound, answersLast, Duration.ZERO, clock);
    }

    V of(K key, Supplier<V> question) {
        Entry<V> answer = answers.get(key);
        if (answer != null && clock.instant().isBefore(answer.until())) {
            return answer.value();
        }
        Entry<RegistryRefusalException> refusal = refusals.get(key);
        if (refusal != null && clock.instant().isBefore(refusal.until())) {
            throw new RegistryRefusalException(
                    refusal.value().code(), refusal.value().getMessage());
        }
        return asked(key, question);
    }

    private V asked(K key, Supplier<V> question) {
        try {
            V value = question.get();
            remember(answers, key, value, answersLast);
            return value;
        } catch (RegistryRefusalException refusal) {
            if (refusalsLast.isPositive()) {
                remember(refusals, key, refusal, refusalsLast);
            }
            throw refusal;
        }
    }

    private <T> void remember(Map<K, Entry<T>> entries, K key, T value, Duration lasting) {
        if (entries.size() >= bound && !entries.containsKey(key)) {
            entries.clear();
        }
        entries.put(key, new Entry<>(value, clock.instant().plus(lasting)));
    }
}
