package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.GateState.EnvironmentSink;
import io.keyward.decision.AnalyticsSuppression;
import io.keyward.decision.Cause;
import io.keyward.decision.Progress;
import io.keyward.decision.SuppressionAction;
import io.keyward.decision.SuppressionGap;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Records as they are on the topics. What cannot be read never lets more pass.
class GateRecordsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final EnvironmentSink SINK = new EnvironmentSink("t", "e", "TENANT_REPORTING");
    private static final String KEY = "t/e/TENANT_REPORTING";
    private static final byte[] UNREADABLE = "no Avro".getBytes(StandardCharsets.UTF_8);

    private final TopicNames names = new TopicNames("cmk.");
    private final SchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroSerializer serializer = new AvroSerializer(registry, SerializerSettings.DEFAULT);
    private final GateState state = new GateState();
    private final GateRecords records = new GateRecords(names, registry, () -> LATER, state);

    /// The tenant is decided up to noon.
    @BeforeEach
    void decidesUpToNoon() {
        state.decision("t", "e", true);
        read(Topic.PROGRESS, "0", new Progress(0, 1, NOON, "", "keyward"));
        read(Topic.PROGRESS, "0", new Progress(0, 1, LATER, "", "keyward"));
        state.asks(LATER);
        state.reachedEnds();
        assertThat(answer(NOON)).isEqualTo(new GateAnswer.Pass());
    }

    @Test
    void aSignalThatCannotBeReadMakesWait() {
        assertThat(read(Topic.ANALYTICS_SUPPRESSIONS, KEY, UNREADABLE)).isEmpty();
        assertThat(answer(NOON)).isInstanceOf(GateAnswer.Wait.class);
    }

    @Test
    void aDecisionThatCannotBeReadIsNone() {
        read(Topic.ENCRYPTION_DECISIONS, "t/e", UNREADABLE);
        assertThat(answer(NOON)).isInstanceOf(GateAnswer.Wait.class);
    }

    @Test
    void anErasureThatCannotBeReadMakesWait() {
        read(Topic.ERASURES, Erasures.sha256("t"), UNREADABLE);
        assertThat(answer(NOON)).isInstanceOf(GateAnswer.Wait.class);
    }

    @Test
    void progressThatCannotBeReadIsForgotten() {
        read(Topic.PROGRESS, "0", UNREADABLE);
        assertThat(answer(NOON)).isInstanceOf(GateAnswer.Wait.class);
    }

    /// A record of another schema is as unreadable as bytes that are none.
    @Test
    void aRecordOfAnotherTopicCannotBeRead() {
        read(Topic.ANALYTICS_SUPPRESSIONS, KEY, new Progress(0, 1, NOON, "", "keyward"));
        assertThat(answer(NOON)).isInstanceOf(GateAnswer.Wait.class);
    }

    @Test
    void aKeyThatIsNoneChangesNothing() {
        for (Topic topic : GateRecords.TOPICS.subList(0, 3)) {
            assertThat(read(topic, "a/b/c/d", UNREADABLE)).isEmpty();
            assertThat(read(topic, null, UNREADABLE)).isEmpty();
        }
        assertThat(answer(NOON)).isEqualTo(new GateAnswer.Pass());
    }

    @Test
    void whatIsNotAllowedIsSuppressed() {
        read(Topic.ANALYTICS_SUPPRESSIONS, KEY, signal(SuppressionAction.UNKNOWN));
        assertThat(answer(NOON)).isEqualTo(new GateAnswer.Suppressed(NOON));
    }

    @Test
    void aGapWithoutABeginningHoldsFromTheBeginningOfTime() {
        SuppressionGap gap = new SuppressionGap(null, NOON);
        assertThat(read(Topic.ANALYTICS_SUPPRESSIONS, KEY, signal(SuppressionAction.ALLOW, gap)))
                .extracting(Retraction::interval)
                .containsExactly(new Interval(Optional.empty(), Optional.of(NOON)));
        assertThat(answer(NOON.minusSeconds(1))).isEqualTo(new GateAnswer.Gap(Optional.empty(), NOON));
        assertThat(answer(NOON)).isEqualTo(new GateAnswer.Pass());
    }

    @Test
    void aGateWhoseClockIsAheadSaysSo() {
        Instant own = LATER.plusSeconds(3600);
        assertThat(answer(own).toString()).doesNotContain("clock");
        state.asks(own);
        state.reachedEnds();
        read(Topic.PROGRESS, "0", new Progress(0, 1, LATER, "", "keyward"));
        assertThat(answer(own).toString())
                .contains("The clock of this machine was at least 3600 s ahead of the brokers'");
    }

    private GateAnswer answer(Instant time) {
        return state.check(SINK, time);
    }

    private static AnalyticsSuppression signal(SuppressionAction action, SuppressionGap... gaps) {
        return new AnalyticsSuppression(
                "t",
                "e",
                "TENANT_REPORTING",
                action,
                NOON,
                "R14",
                1L,
                "2024-07-23",
                new Cause("PolicyApplied", "1", NOON, "cmk.policy-applied", 0, 0L),
                List.of(gaps));
    }

    private List<Retraction> read(Topic topic, String key, SpecificRecord value) {
        return read(topic, key, serializer.serialize(names.name(topic), value));
    }

    private List<Retraction> read(Topic topic, String key, byte[] value) {
        byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return records.read(new ConsumerRecord<>(
                names.name(topic),
                0,
                0,
                LATER.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                bytes,
                value,
                new RecordHeaders(),
                Optional.empty()));
    }
}
