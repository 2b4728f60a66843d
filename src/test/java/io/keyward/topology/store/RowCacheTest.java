package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class RowCacheTest {
    /// The size of an entry with a row of 10 bytes under a key of one letter.
    private static final int ONE = RowCache.ENTRY_OVERHEAD + 1 + 10;

    @Test
    void whatWasUsedLeastRecentlyMakesRoom() {
        RowCache<String> cache = new RowCache<>(3 * ONE);
        cache.put(row("a"), "A", 10);
        cache.put(row("b"), "B", 10);
        cache.put(row("c"), "C", 10);
        assertThat(cache.get(row("a"))).contains("A");
        cache.put(row("d"), "D", 10);
        assertThat(cache.get(row("b"))).isEmpty();
        assertThat(cache.get(row("a"))).contains("A");
        assertThat(cache.get(row("c"))).contains("C");
        assertThat(cache.get(row("d"))).contains("D");
    }

    @Test
    void oneLargeRowMakesAsMuchRoomAsItNeeds() {
        RowCache<String> cache = new RowCache<>(3 * ONE);
        cache.put(row("a"), "A", 10);
        cache.put(row("b"), "B", 10);
        cache.put(row("c"), "C", 10);
        cache.put(row("d"), "D", ONE + 10);
        assertThat(cache.get(row("a"))).isEmpty();
        assertThat(cache.get(row("b"))).isEmpty();
        assertThat(cache.get(row("c"))).contains("C");
        assertThat(cache.get(row("d"))).contains("D");
    }

    @Test
    void aRowLargerThanTheBoundDrivesNobodyOutAndIsNotKept() {
        RowCache<String> cache = new RowCache<>(ONE);
        cache.put(row("a"), "A", 10);
        cache.put(row("b"), "B", 11);
        assertThat(cache.get(row("a"))).contains("A");
        assertThat(cache.get(row("b"))).isEmpty();
    }

    @Test
    void aRowThatGrewBeyondTheBoundIsNotKeptAsItWas() {
        RowCache<String> cache = new RowCache<>(ONE);
        cache.put(row("a"), "A", 10);
        cache.put(row("a"), "larger", 11);
        assertThat(cache.get(row("a"))).isEmpty();
    }

    /// Otherwise entries that are gone would fill the cache.
    @Test
    void whatIsReplacedOrForgottenCountsNoMore() {
        RowCache<String> cache = new RowCache<>(2 * ONE);
        for (int time = 0; time < 100; time++) {
            cache.put(row("a"), "A" + time, 10);
            cache.put(row("b"), "B", 10);
            cache.remove(row("b"));
            cache.remove(row("c"));
        }
        cache.put(row("d"), "D", 10);
        assertThat(cache.get(row("a"))).contains("A99");
        assertThat(cache.get(row("b"))).isEmpty();
        assertThat(cache.get(row("d"))).contains("D");
    }

    @Test
    void withoutRoomNothingIsKept() {
        RowCache<String> cache = new RowCache<>(0);
        cache.put(row("a"), "A", 0);
        assertThat(cache.get(row("a"))).isEmpty();
    }

    private static Bytes row(String key) {
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }
}
