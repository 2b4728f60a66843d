package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.topology.store.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/// Accepted input never leads to a record that a topic of the contract rejects.
class LargestRecordsTest {
    /// What is added to a row or a value when it is written: headers, and Kafka's own bytes.
    private static final int ADDED = CarriedHeaders.MAX_BYTES + 1_000;

    @Test
    void decisionsWarningsAndRowsOfTheMostThatCanBeKnownFitIntoARecord() {
        try (TopologyHarness topology = TopologyHarness.start()) {
            List<Event> events = Extremes.events();
            long largest = 0;
            for (Event event : events) {
                largest = Math.max(largest, largestOutput(topology, event));
            }
            assertThat(largest).as("largest output").isBetween(50_000L, (long) RecordLimits.MIN_TOPIC_BYTES - ADDED);
            for (String store :
                    List.of(Nodes.ENVIRONMENTS, Nodes.KEYS, Nodes.KEY_USAGE, Nodes.TENANTS, Nodes.ENFORCEMENT)) {
                assertThat(topology.largestRowIn(store))
                        .as("largest row of %s", store)
                        .isBetween(200L, (long) RecordLimits.MIN_TOPIC_BYTES - ADDED);
            }
            assertThat(topology.largestRowIn(Nodes.ENVIRONMENTS)).isGreaterThan(300_000);
            assertThat(topology.largestRowIn(Nodes.ENFORCEMENT)).isGreaterThan(130_000);
            assertThat(topology.rowsIn(Nodes.ENFORCEMENT)).isEqualTo(2 + ComponentReports.CAPACITY);
            assertThat(topology.deadLetters()).isEmpty();
        }
    }

    @Test
    void theLargestEventCanBePassedOn() {
        try (TopologyHarness topology = TopologyHarness.start()) {
            assertThat(Extremes.events())
                    .allSatisfy(event -> assertThat(topology.bytesOf(TopologyHarness.topicOf(event), event).length)
                            .isLessThan(RecordLimits.DEFAULT.admitted() / 2));
        }
    }

    @Test
    void outputsCarryHeadersUpToABoundAndSayHowManyAreLeftOut() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", "00-1-2-01".getBytes(StandardCharsets.UTF_8));
        headers.add("huge", new byte[900_000]);
        headers.add("ce_id", "1".getBytes(StandardCharsets.UTF_8));
        try (TopologyHarness topology = TopologyHarness.start()) {
            assertThat(topology.recordsOf(Topic.ENCRYPTION_DECISIONS, Events.clean(1, "contoso", "hr"), headers))
                    .singleElement()
                    .satisfies(record -> {
                        assertThat(record.headers().toArray())
                                .extracting(header -> header.key())
                                .containsExactly("traceparent", "ce_id", CarriedHeaders.LEFT_OUT, Position.HEADER);
                        assertThat(record.headers()
                                        .lastHeader(CarriedHeaders.LEFT_OUT)
                                        .value())
                                .asString(StandardCharsets.UTF_8)
                                .isEqualTo("1");
                    });
        }
    }

    private static long largestOutput(TopologyHarness topology, Event event) {
        topology.recordsOf(Topic.DEAD_LETTERS, event, new RecordHeaders());
        return List.of(Topic.ENCRYPTION_DECISIONS, Topic.WARNINGS, Topic.ANALYTICS_SUPPRESSIONS).stream()
                .flatMap(topic -> topology.rawOutput(topic).stream())
                .mapToLong(LargestRecordsTest::size)
                .max()
                .orElse(0);
    }

    private static long size(TestRecord<String, byte[]> record) {
        return record.key().length() + RecordSize.length(record.value());
    }
}
