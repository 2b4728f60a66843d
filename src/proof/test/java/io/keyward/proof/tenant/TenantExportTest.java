package io.keyward.proof.tenant;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TenantExportTest {
    private static final TenantId CONTOSO = new TenantId("contoso");

    private final TopologyHarness topology = TopologyHarness.start();
    private final TenantExport export = new TenantExport(CONTOSO, TopologyHarness.NAMES, topology.registry());

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void eventsComeInTheOrderOfTheBrokersTimesWhateverTheirPartitionAndKey() {
        take(Topic.ENVIRONMENT_CHANGED, 0, 2_000, "contoso", clean(1, "contoso", "b"));
        take(Topic.ENVIRONMENT_CHANGED, 0, 4_000, "contoso", clean(1, "contoso", "d"));
        take(Topic.ENVIRONMENT_CHANGED, 2, 3_000, null, clean(1, "contoso", "c"));
        take(Topic.POLICY_APPLIED, 1, 1_000, "other", applied(2, "contoso", "a", "k1"));
        take(Topic.POLICY_APPLIED, 1, 1_500, "contoso", applied(2, "fabrikam", "x", "k1"));

        assertThat(export.eventLines())
                .satisfiesExactly(
                        a -> assertThat(a)
                                .startsWith("{\"topic\":\"policy-applied\",\"key\":\"other\",")
                                .endsWith("\"timestamp\":\"1970-01-01T00:00:01Z\"}"),
                        b -> assertThat(b)
                                .startsWith("{\"topic\":\"environment-changed\",\"value\":")
                                .contains("\"b\""),
                        c -> assertThat(c).contains("\"key\":null", "\"c\""),
                        d -> assertThat(d).contains("\"d\""))
                .allSatisfy(line -> assertThat(EventLine.parse(line).value()).isPresent());
        assertThat(export.outputLines()).isEmpty();
    }

    @Test
    void outputsAreThoseOfTheTenantAlone() {
        record(Topic.ENCRYPTION_DECISIONS, 5, "contoso/hr", null);
        record(Topic.ENCRYPTION_DECISIONS, 6, "contoso-2/hr", null);
        record(Topic.WARNINGS, 4, "contoso//ENVIRONMENT_LIMIT_NEAR", null);
        record(Topic.DEAD_LETTERS, 7, "contoso", new byte[] {1});
        record(Topic.DEAD_LETTERS, 8, "contoso/hr", new byte[] {1});
        record(Topic.ERASURES, 9, "another", new byte[] {1});
        record(Topic.ERASURES, 9, Erasure.sha256(new TenantId("fabrikam")), new byte[] {1});

        assertThat(export.outputLines())
                .satisfiesExactly(
                        warning -> assertThat(warning).contains("\"warnings\"", "\"value\":null"),
                        decision -> assertThat(decision).contains("\"contoso/hr\""),
                        deadLetter -> assertThat(deadLetter).contains("\"dead-letters\""));
    }

    @Test
    void anEventWithoutAValueSaysNothing() {
        record(Topic.POLICY_APPLIED, 1, "contoso", null);

        assertThat(export.unreadable()).isZero();
        assertThat(export.eventLines()).isEmpty();
    }

    /// Records of `rerouted` are copies.
    @Test
    void theTopicsAreAllEventsAndAllOutputs() {
        assertThat(TenantExport.topics())
                .containsAll(Topics.events())
                .contains(Topic.ENCRYPTION_DECISIONS, Topic.WARNINGS, Topic.DEAD_LETTERS, Topic.ERASURES)
                .doesNotContain(Topic.REROUTED)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeReadIsCounted() {
        record(Topic.POLICY_APPLIED, 1, "contoso", new byte[] {1, 2, 3});
        record(Topic.POLICY_APPLIED, 1, "fabrikam", new byte[] {1, 2, 3});

        assertThat(export.unreadable()).isEqualTo(1);
        assertThat(export.eventLines()).isEmpty();
    }

    private void take(Topic topic, int partition, long time, String key, Event event) {
        take(topic, partition, time, key, topology.bytesOf(topic, event));
    }

    private void record(Topic topic, long time, String key, byte[] value) {
        take(topic, 0, time, key, value);
    }

    private void take(Topic topic, int partition, long time, String key, byte[] value) {
        export.take(new ConsumerRecord<>(
                TopologyHarness.NAMES.name(topic),
                partition,
                0,
                time,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty()));
    }
}
