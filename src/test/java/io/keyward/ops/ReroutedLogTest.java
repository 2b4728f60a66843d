package io.keyward.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReroutedLogTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<String> lines = new ArrayList<>();
    private final ReroutedLog log = new ReroutedLog(nanos::get, (topic, records) -> lines.add(topic + " " + records));

    @Test
    void theFirstRecordOfATopicIsToldAtOnce() {
        log.rerouted("a");
        log.rerouted("b");
        assertThat(lines).containsExactly("a 1", "b 1");
    }

    @Test
    void theOthersOfItsMinuteAreToldTogetherLater() {
        log.rerouted("a");
        log.rerouted("a");
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        log.rerouted("a");
        assertThat(lines).containsExactly("a 1");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        log.rerouted("a");
        assertThat(lines).containsExactly("a 1", "a 3");
    }
}
