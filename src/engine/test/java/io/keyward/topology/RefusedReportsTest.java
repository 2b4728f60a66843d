package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.EventWriter;
import io.keyward.client.DeadLetterHeaders;
import io.keyward.client.Topic;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.event.Component;
import io.keyward.event.EnforcementReported;
import io.keyward.event.FailedItem;
import io.keyward.event.KeyReference;
import io.keyward.event.ReportedItems;
import io.keyward.topology.store.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Which reports are refused (R28), from the bytes that a producer sends to the dead-letter record.
class RefusedReportsTest {
    private static final ReportedItems ITEM = new ReportedItems(new KeyReference("https://v", "k", "v1"), 1L);
    private static final ReportedItems UNVERSIONED = new ReportedItems(new KeyReference("https://v", "k", null), 0L);
    private static final FailedItem FAILED = new FailedItem("row-1", "It is locked.");

    static Stream<Arguments> refused() {
        return Stream.of(
                row("component", "INVALID_FIELD", r -> r.setComponent(Component.UNKNOWN)),
                row("part", "INVALID_ID", r -> r.setPart("a/b")),
                row("items", "INVALID_FIELD", r -> r.setItems(many(EnforcementReport.MAX_ENTRIES + 1, ITEM))),
                row("items[1].count", "INVALID_FIELD", r -> r.setItems(List.of(ITEM, new ReportedItems(null, -1L)))),
                row("items[1].key.keyVersion", "INVALID_FIELD", r -> r.setItems(List.of(ITEM, UNVERSIONED))),
                row("failedCount", "INVALID_FIELD", r -> r.setFailedCount(-1)),
                row("failed", "INVALID_FIELD", r -> r.setFailed(many(EnforcementReport.MAX_FAILED + 1, FAILED))),
                row("parts", "INVALID_FIELD", r -> r.setParts(many(EnforcementReport.MAX_ENTRIES + 1, "p"))),
                row("parts[1]", "INVALID_ID", r -> r.setParts(List.of("", " "))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aRefusedReportIsADeadLetterThatNamesTheFieldAndNothingIsStored(
            String path, String code, UnaryOperator<EnforcementReported.Builder> fault) {
        try (TopologyHarness topology = TopologyHarness.start()) {
            byte[] sent = send(topology, fault);

            assertThat(topology.deadLetters()).singleElement().satisfies(deadLetter -> {
                assertThat(deadLetter.value()).isEqualTo(sent);
                assertThat(header(deadLetter, DeadLetterHeaders.REASON)).isEqualTo(code);
                assertThat(header(deadLetter, DeadLetterHeaders.DETAIL))
                        .startsWith(path + " ")
                        .endsWith(".");
            });
            assertThat(topology.rowsIn(Nodes.ENFORCEMENT)).isZero();
        }
    }

    @Test
    void theMostThatAReportMaySayIsStored() {
        try (TopologyHarness topology = TopologyHarness.start()) {
            send(
                    topology,
                    report -> report.setItems(many(EnforcementReport.MAX_ENTRIES, ITEM))
                            .setFailed(many(EnforcementReport.MAX_FAILED, FAILED))
                            .setParts(many(EnforcementReport.MAX_ENTRIES, "p")));

            assertThat(topology.deadLetters()).isEmpty();
            assertThat(topology.rowsIn(Nodes.ENFORCEMENT))
                    .as("names, known parts and one part")
                    .isEqualTo(3);
        }
    }

    private static byte[] send(TopologyHarness topology, UnaryOperator<EnforcementReported.Builder> change) {
        EnforcementReported report =
                (EnforcementReported) EventWriter.write(Events.reported(1, "contoso", "hr", "k1"), "");
        byte[] bytes = topology.bytesOf(
                Topic.ENFORCEMENT_REPORTED,
                change.apply(EnforcementReported.newBuilder(report)).build());
        topology.receive(
                Topic.ENFORCEMENT_REPORTED,
                new TestRecord<>(
                        "contoso".getBytes(StandardCharsets.UTF_8), bytes, new RecordHeaders(), Events.day(1)));
        return bytes;
    }

    private static <T> List<T> many(int count, T entry) {
        return Collections.nCopies(count, entry);
    }

    private static Arguments row(String path, String code, UnaryOperator<EnforcementReported.Builder> fault) {
        return Arguments.of(path, code, fault);
    }

    private static String header(TestRecord<byte[], byte[]> deadLetter, String name) {
        return new String(deadLetter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
