package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowCacheTest {
    /// The size of an entry with a row of 10 bytes.
    private static final int ONE = RowCache.ENTRY_OVERHEAD + 10;

    @Test
    void whatWasUsedLeastRecentlyMakesRoom() {
        RowCache<String, String> cache = new RowCache<>(3 * ONE);
        cache.put("a", "A", 10);
        cache.put("b", "B", 10);
        cache.put("c", "C", 10);
        assertThat(cache.get("a")).contains("A");
        cache.put("d", "D", 10);
        assertThat(cache.get("b")).isEmpty();
        assertThat(cache.get("a")).contains("A");
        assertThat(cache.get("c")).contains("C");
        assertThat(cache.get("d")).contains("D");
    }

    @Test
    void oneLargeRowMakesAsMuchRoomAsItNeeds() {
        RowCache<String, String> cache = new RowCache<>(3 * ONE);
        cache.put("a", "A", 10);
        cache.put("b", "B", 10);
        cache.put("c", "C", 10);
        cache.put("d", "D", ONE + 10);
        assertThat(cache.get("a")).isEmpty();
        assertThat(cache.get("b")).isEmpty();
        assertThat(cache.get("c")).contains("C");
        assertThat(cache.get("d")).contains("D");
    }

    @Test
    void aRowLargerThanTheBoundEvictsNothingAndIsNotKept() {
        RowCache<String, String> cache = new RowCache<>(ONE);
        cache.put("a", "A", 10);
        cache.put("b", "B", 11);
        assertThat(cache.get("a")).contains("A");
        assertThat(cache.get("b")).isEmpty();
    }

    @Test
    void aRowThatGrewBeyondTheBoundIsNotKeptAsItWas() {
        RowCache<String, String> cache = new RowCache<>(ONE);
        cache.put("a", "A", 10);
        cache.put("a", "larger", 11);
        assertThat(cache.get("a")).isEmpty();
    }

    /// Otherwise entries that are gone would fill the cache.
    @Test
    void whatIsReplacedOrRemovedCountsNoMore() {
        RowCache<String, String> cache = new RowCache<>(2 * ONE);
        for (int time = 0; time < 100; time++) {
            cache.put("a", "A" + time, 10);
            cache.put("b", "B", 10);
            cache.remove("b");
            cache.remove("c");
        }
        cache.put("d", "D", 10);
        assertThat(cache.get("a")).contains("A99");
        assertThat(cache.get("b")).isEmpty();
        assertThat(cache.get("d")).contains("D");
    }

    @Test
    void withoutRoomNothingIsKept() {
        RowCache<String, String> cache = new RowCache<>(0);
        cache.put("a", "A", 0);
        assertThat(cache.get("a")).isEmpty();
    }

    @Test
    void whatWasClearedCountsNoMore() {
        RowCache<String, String> cache = new RowCache<>(ONE);
        cache.put("a", "A", 10);
        cache.clear();
        assertThat(cache.get("a")).isEmpty();
        cache.put("b", "B", 10);
        assertThat(cache.get("b")).contains("B");
    }
}
