package io.keyward.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.RefusalCode;
import io.keyward.testing.RecordingLogger;
import io.keyward.topology.LogSubject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class FlowLogTest {
    private static final LogSubject RECORD = new LogSubject("cmk.key-revoked", 3, 41, Optional.of("e-1"));
    private static final LogSubject UNREAD = new LogSubject("cmk.key-revoked", 3, 42, Optional.empty());

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final RecordingLogger recorded = new RecordingLogger();
    private final FlowLog log = new FlowLog(recorded, nanos::get);

    @Test
    void aRefusalSaysWhyAndWhichRecordAlsoInFields() {
        log.refused(Flows.refusal(RefusalCode.UNREADABLE), UNREAD);
        assertThat(recorded.lines()).singleElement().satisfies(line -> {
            assertThat(line.level()).isEqualTo(Level.WARN);
            assertThat(line.message())
                    .contains("UNREADABLE", "(1 since", "partition 3 offset 42 of cmk.key-revoked: A sentence.");
            assertThat(line.fields())
                    .containsOnly(
                            Map.entry("kafka.topic", "cmk.key-revoked"),
                            Map.entry("kafka.partition", "3"),
                            Map.entry("kafka.offset", "42"));
        });
    }

    @Test
    void aDetourNamesTheEvent() {
        log.rerouted("key-revoked", RECORD);
        assertThat(recorded.lines()).singleElement().satisfies(line -> {
            assertThat(line.message()).contains("Records of key-revoked", "(event e-1)");
            assertThat(line.fields()).containsEntry("event.id", "e-1").containsEntry("kafka.offset", "41");
        });
    }

    @Test
    void eachReasonAndTopicIsLoggedOnceAMinuteWithTheNumberOfTheOthers() {
        log.refused(Flows.refusal(RefusalCode.UNREADABLE), UNREAD);
        log.refused(Flows.refusal(RefusalCode.INVALID_ID), UNREAD);
        log.rerouted("a", RECORD);
        log.rerouted("b", RECORD);
        assertThat(recorded.lines()).hasSize(4);
        log.refused(Flows.refusal(RefusalCode.UNREADABLE), UNREAD);
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        log.refused(Flows.refusal(RefusalCode.UNREADABLE), UNREAD);
        assertThat(recorded.lines()).hasSize(4);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        log.refused(Flows.refusal(RefusalCode.UNREADABLE), UNREAD);
        assertThat(recorded.lines()).hasSize(5);
        assertThat(recorded.lines().getLast().message()).contains("(3 since");
    }
}
