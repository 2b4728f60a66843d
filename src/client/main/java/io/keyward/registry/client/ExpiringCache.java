package io.keyward.registry.client;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// A map of at most so many entries, of which each is forgotten some time after it was written. If one more
/// comes, the entry that was written first goes. Threads do not wait for each other.
final class ExpiringCache<K, V> {
    private final int limit;
    private final long lifetime;
    private final LongSupplier clock;
    private final ConcurrentMap<K, Entry<K, V>> entries = new ConcurrentHashMap<>();

    /// All entries, in the order in which they were written.
    private final Queue<Entry<K, V>> written = new ConcurrentLinkedQueue<>();

    /// Not a record: two entries with the same content are still two.
    private static final class Entry<K, V> {
        private final K key;
        private final V value;
        private final long writtenAt;

        Entry(K key, V value, long writtenAt) {
            this.key = key;
            this.value = value;
            this.writtenAt = writtenAt;
        }
    }

    /// @param lifetime one of more than 292 years is for ever
    /// @param clock nanoseconds from any moment on, such as [System#nanoTime()]
    ExpiringCache(int limit, Duration lifetime, LongSupplier clock) {
        this.limit = limit;
        this.lifetime = TimeUnit.NANOSECONDS.convert(lifetime);
        this.clock = clock;
    }

    Optional<V> get(K key) {
        Entry<K, V> entry = entries.get(key);
        return entry == null || clock.getAsLong() - entry.writtenAt >= lifetime
                ? Optional.empty()
                : Optional.of(entry.value);
    }

    void put(K key, V value) {
        Entry<K, V> entry = new Entry<>(key, value, clock.getAsLong());
        Entry<K, V> before = entries.put(key, entry);
        written.add(entry);
        if (before != null) {
            written.remove(before);
        }
        if (entries.get(key) != entry) {
            written.remove(entry); // another thread has replaced it, perhaps before it was in the order
        }
        while (entries.size() > limit) {
            Entry<K, V> first = written.poll();
            if (first == null) {
                return; // another thread has not added its entry to the order yet, and goes on with this
            }
            entries.remove(first.key, first);
        }
    }
}
