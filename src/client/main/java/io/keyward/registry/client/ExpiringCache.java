package io.keyward.registry.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A map of at most so many entries, of which each is forgotten some time after it was written. If one more
/// comes, the entry that was written first goes. Safe for many threads.
final class ExpiringCache<K, V> {
    private final int limit;
    private final long lifetime;
    private final LongSupplier clock;

    /// In the order in which they were written.
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

    private record Entry<V>(V value, long writtenAt) {}

    /// @param lifetime one of more than 292 years is for ever
    /// @param clock nanoseconds from any moment on, such as [System#nanoTime()]
    ExpiringCache(int limit, Duration lifetime, LongSupplier clock) {
        this.limit = limit;
        this.lifetime = TimeUnit.NANOSECONDS.convert(lifetime);
        this.clock = clock;
    }

    synchronized Optional<V> get(K key) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> clock.getAsLong() - entry.writtenAt() < lifetime)
                .map(Entry::value);
    }

    /// The value of the key; if there is none, the answer to the question, which is kept. Nothing is locked while
    /// it is asked.
    V get(K key, Supplier<V> question) {
        return get(key).orElseGet(() -> {
            V answer = question.get();
            put(key, answer);
            return answer;
        });
    }

    synchronized void put(K key, V value) {
        entries.remove(key);
        entries.put(key, new Entry<>(value, clock.getAsLong()));
        if (entries.size() > limit) {
            entries.remove(entries.keySet().iterator().next());
        }
    }
}
