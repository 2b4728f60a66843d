package io.keyward.ops.tracing;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.rotated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.keyward.client.Topic;
import io.keyward.config.ConfigurationException;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.ops.tracing.OtlpReceiver.Received;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.Tracing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the collector gets, over HTTP, of what the topology decides.
class OpenTelemetryTracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SENDER = "b7ad6b7169203331";

    private OtlpReceiver collector;

    @BeforeEach
    void start() throws IOException {
        collector = OtlpReceiver.start();
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void aDecisionIsASpanInTheTraceOfItsEventAndOutputsCarryItOn() {
        List<TestRecord<String, byte[]>> decisions = new ArrayList<>();
        try (OpenTelemetryTracing tracing = tracing();
                TopologyHarness topology = TopologyHarness.start(100, tracing)) {
            topology.given(clean(1, "contoso", "hr"));
            decisions.addAll(topology.recordsOf(
                    Topic.ENCRYPTION_DECISIONS, applied(2, "contoso", "hr", "k1"), ofSender("vendor=1")));
        }
        Received span = only("process cmk.policy-applied");
        assertThat(span.trace()).isEqualTo(TRACE);
        assertThat(span.parent()).isEqualTo(SENDER);
        assertThat(span.links()).containsExactly(TRACE + "/" + SENDER);
        assertThat(span.kind()).isEqualTo(5);
        assertThat(span.service()).isEqualTo("keyward");
        assertThat(span.attributes())
                .containsOnly(
                        entry("messaging.system", "kafka"),
                        entry("messaging.operation.name", "process"),
                        entry("messaging.operation.type", "process"),
                        entry("messaging.destination.name", "cmk.policy-applied"),
                        entry("messaging.destination.partition.id", "0"),
                        entry("messaging.kafka.offset", "0"),
                        entry("messaging.consumer.group.name", "keyward"),
                        entry("keyward.event.type", "PolicyApplied"),
                        entry("keyward.event.id", idOf(applied(2, "contoso", "hr", "k1"))));
        assertThat(decisions).hasSize(1);
        Headers headers = decisions.getFirst().headers();
        assertThat(text(headers, "traceparent")).isEqualTo(span.asTraceparent());
        assertThat(text(headers, "tracestate")).isEqualTo("vendor=1");
        assertThat(Stream.of(headers.toArray()).map(header -> header.key()))
                .containsExactlyInAnyOrder("other", "traceparent", "tracestate", "keyward.position");
    }

    @Test
    void anEventWithoutAContextBeginsATrace() {
        try (OpenTelemetryTracing tracing = tracing();
                TopologyHarness topology = TopologyHarness.start(100, tracing)) {
            topology.given(clean(1, "contoso", "hr"));
        }
        Received span = only("process cmk.environment-changed");
        assertThat(span.parent()).isEmpty();
        assertThat(span.links()).isEmpty();
    }

    @Test
    void eachBatchOfAFanOutIsLinkedToTheDecisionOfItsEvent() {
        Set<String> carried;
        try (OpenTelemetryTracing tracing = tracing();
                TopologyHarness topology = TopologyHarness.start(2, tracing)) {
            for (String environment : List.of("a", "b", "c", "d", "e")) {
                topology.given(clean(1, "contoso", environment), applied(2, "contoso", environment, "k1"));
            }
            List<TestRecord<String, byte[]>> outputs = new ArrayList<>(topology.recordsOf(
                    Topic.ENCRYPTION_DECISIONS, rotated(3, "contoso", "k1", "v2"), ofSender("vendor=1")));
            for (int batch = 1; batch <= 2; batch++) {
                topology.clockSays(Instant.EPOCH.plusMillis(50L * batch));
                outputs.addAll(topology.rawOutput(Topic.ENCRYPTION_DECISIONS));
            }
            assertThat(outputs).hasSize(5);
            carried = outputs.stream()
                    .map(output -> text(output.headers(), "traceparent"))
                    .collect(Collectors.toSet());
        }
        List<Received> spans = named("process cmk.key-rotated");
        Received first = spans.getFirst();
        assertThat(first.parent()).isEqualTo(SENDER);
        assertThat(spans).hasSize(3).allMatch(span -> span.trace().equals(TRACE));
        assertThat(spans.subList(1, 3)).allSatisfy(batch -> {
            assertThat(batch.parent()).isEqualTo(first.span());
            assertThat(batch.links()).containsExactly(TRACE + "/" + first.span());
        });
        assertThat(carried)
                .isEqualTo(spans.stream().map(Received::asTraceparent).collect(Collectors.toSet()));
    }

    @Test
    void whatTheClockDecidesIsLinkedToTheSpanThatReportsTheTime() {
        String traceparent;
        try (OpenTelemetryTracing tracing = tracing();
                TopologyHarness topology = TopologyHarness.start(100, tracing)) {
            topology.given(
                    clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"), removed(3, "contoso", "hr", "k1"));
            topology.clockSays(day(60));
            TestRecord<String, byte[]> time =
                    topology.rawOutput(Topic.TIME_REACHED).getFirst();
            traceparent = text(time.headers(), "traceparent");
        }
        Received sent = only("send cmk.time-reached");
        Received decided = only("process cmk.time-reached");
        assertThat(traceparent).startsWith("00-" + sent.trace() + "-" + sent.span());
        assertThat(sent.kind()).isEqualTo(4);
        assertThat(decided.parent()).isEqualTo(sent.span());
        assertThat(decided.links()).containsExactly(sent.trace() + "/" + sent.span());
    }

    @Test
    void keysAndValuesOfOutputsAreTheSameWithAndWithoutTracesAndNoNameHoldsAnId() {
        List<String> with;
        try (OpenTelemetryTracing tracing = tracing()) {
            with = outputs(tracing);
        }
        assertThat(with).hasSizeGreaterThan(3).isEqualTo(outputs(Tracing.NONE));
        assertThat(collector.spans())
                .extracting(Received::name)
                .containsExactlyInAnyOrder(
                        "process cmk.environment-changed", "process cmk.policy-applied", "process cmk.policy-removed");
    }

    private static List<String> outputs(Tracing tracing) {
        List<String> outputs = new ArrayList<>();
        try (TopologyHarness topology = TopologyHarness.start(100, tracing)) {
            for (Event event : List.of(
                    clean(1, "contoso", "hr"), applied(2, "contoso", "hr", "k1"), removed(3, "contoso", "hr", "k1"))) {
                topology.send(event);
            }
            for (Topic topic : List.of(Topic.ENCRYPTION_DECISIONS, Topic.WARNINGS, Topic.ANALYTICS_SUPPRESSIONS)) {
                topology.rawOutput(topic)
                        .forEach(record ->
                                outputs.add(record.key() + new String(record.value(), StandardCharsets.ISO_8859_1)));
            }
        }
        return outputs;
    }

    @Test
    void aDecisionThatFailsIsASpanWithTheErrorAndWithoutItsMessage() {
        try (OpenTelemetryTracing tracing = tracing();
                TopologyHarness topology = TopologyHarness.start(100, new Failing(tracing))) {
            assertThatThrownBy(() -> topology.given(clean(1, "contoso", "hr"))).hasRootCauseMessage("of contoso");
        }
        assertThat(only("process cmk.environment-changed").attributes())
                .containsEntry("error.type", "java.lang.IllegalStateException")
                .doesNotContainValue("of contoso");
    }

    private record Failing(Tracing tracing) implements Tracing {
        @Override
        public <T> T trace(Trigger trigger, Function<Trigger, T> work) {
            return tracing.trace(trigger, _ -> {
                throw new IllegalStateException("of contoso");
            });
        }
    }

    @Test
    void settingsThatOpenTelemetryCannotUseAreRefused() {
        System.setProperty("otel.traces.sampler", "sometimes");
        try {
            assertThatThrownBy(OpenTelemetryTracingTest::tracing)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("keyward.tracing.enabled = true: OpenTelemetry cannot use its settings")
                    .hasMessageContaining("sometimes");
        } finally {
            System.clearProperty("otel.traces.sampler");
        }
    }

    @Test
    void withoutTheSettingThereAreNoTraces() {
        assertThat(OpenTelemetryTracing.start(configured("false"), "keyward", "1.2.3"))
                .isEmpty();
    }

    private static OpenTelemetryTracing tracing() {
        return OpenTelemetryTracing.start(configured("true"), "keyward", "1.2.3")
                .orElseThrow();
    }

    private static KeywardConfig configured(String tracing) {
        return KeywardConfig.load(Optional.empty(), Map.of("KEYWARD_TRACING_ENABLED", tracing), new Properties());
    }

    private static Headers ofSender(String state) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", ("00-" + TRACE + "-" + SENDER + "-01").getBytes(StandardCharsets.UTF_8));
        headers.add("tracestate", state.getBytes(StandardCharsets.UTF_8));
        headers.add("other", new byte[] {1});
        return headers;
    }

    private static String idOf(Event event) {
        return event.stamp().eventId().value();
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private Received only(String name) {
        List<Received> spans = named(name);
        assertThat(spans).hasSize(1);
        return spans.getFirst();
    }

    private List<Received> named(String name) {
        return collector.spans().stream()
                .filter(span -> span.name().equals(name))
                .toList();
    }
}
