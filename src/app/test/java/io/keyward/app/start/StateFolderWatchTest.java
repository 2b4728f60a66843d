package io.keyward.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StateFolderWatchTest {
    private final AtomicReference<Optional<String>> found = new AtomicReference<>(Optional.empty());
    private final AtomicLong nanos = new AtomicLong();
    private final StateFolderWatch watch = new StateFolderWatch(found::get, nanos::get);

    @Test
    void whatIsFoundIsAProblemUntilItIsNotFoundAnyMore() {
        assertThat(watch.problem()).isEmpty();
        found.set(Optional.of("full"));
        watch.poll();
        assertThat(watch.problem()).contains("full");
        found.set(Optional.empty());
        watch.poll();
        assertThat(watch.problem()).isEmpty();
    }

    @Test
    void aDiskThatDoesNotAnswerIsAProblemUntilItDoes() {
        nanos.set(StateFolderWatch.LIMIT.toNanos());
        assertThat(watch.problem()).isEmpty();
        nanos.incrementAndGet();
        assertThat(watch.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("not answered for 40 s"));
        watch.poll();
        assertThat(watch.problem()).isEmpty();
    }
}
