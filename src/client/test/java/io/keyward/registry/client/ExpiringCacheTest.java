package io.keyward.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExpiringCacheTest {
    private long now = Long.MAX_VALUE - 5; // such a clock may overflow

    private ExpiringCache<Integer, String> cache(int limit, Duration lifetime) {
        return new ExpiringCache<>(limit, lifetime, () -> now);
    }

    private static List<Integer> known(ExpiringCache<Integer, String> cache, int keys) {
        return IntStream.range(0, keys)
                .filter(key -> cache.get(key).isPresent())
                .boxed()
                .toList();
    }

    @Test
    void anEntryIsForgottenWhenItsLifetimeIsOver() {
        var cache = cache(2, Duration.ofNanos(10));
        cache.put(1, "one");

        now += 9;
        assertThat(cache.get(1)).contains("one");
        now += 1;
        assertThat(cache.get(1)).isEmpty();
    }

    @Test
    void anEntryThatIsWrittenAgainLivesAnew() {
        var cache = cache(2, Duration.ofNanos(10));
        cache.put(1, "one");
        now += 9;
        cache.put(1, "two");

        now += 9;
        assertThat(cache.get(1)).contains("two");
    }

    @Test
    void nothingIsKeptForNoTime() {
        var cache = cache(2, Duration.ZERO);
        cache.put(1, "one");

        assertThat(cache.get(1)).isEmpty();
    }

    @Test
    void anEntryIsKeptForEver() {
        var cache = cache(2, CacheLimits.FOREVER);
        cache.put(1, "one");

        now += Long.MAX_VALUE - 1;
        assertThat(cache.get(1)).contains("one");
    }

    @Test
    void whatWasWrittenFirstGivesWay() {
        var cache = cache(2, CacheLimits.FOREVER);
        cache.put(0, "first");
        cache.put(1, "second");
        cache.put(0, "third");
        cache.put(2, "fourth");

        assertThat(known(cache, 3)).containsExactly(0, 2);
    }

    @Test
    void manyThreadsLeaveTheNewestWithinTheLimit() throws Exception {
        var cache = cache(8, CacheLimits.FOREVER);
        List<Future<?>> writers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                writers.add(threads.submit(() -> IntStream.range(0, 20_000).forEach(i -> cache.put(i % 50, "some"))));
            }
        }
        for (Future<?> writer : writers) {
            writer.get();
        }

        IntStream.range(100, 108).forEach(key -> cache.put(key, "last"));
        assertThat(known(cache, 108))
                .containsExactlyElementsOf(IntStream.range(100, 108).boxed().toList());
    }
}
