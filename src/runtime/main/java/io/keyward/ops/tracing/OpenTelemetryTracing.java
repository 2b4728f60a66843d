package io.keyward.ops.tracing;

import io.keyward.config.ConfigurationException;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Trigger;
import io.keyward.topology.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Traces with OpenTelemetry, configured by OpenTelemetry's own settings: `OTEL_…` or `otel.…`. By default, spans
/// are sent by OTLP over HTTP to a collector on this machine. Spans are sent in the background and dropped if they
/// cannot be sent. Safe for many threads.
///
/// Names and attributes follow the semantic conventions for messaging:
/// <https://opentelemetry.io/docs/specs/semconv/messaging/kafka/>.
public final class OpenTelemetryTracing implements Tracing, AutoCloseable {
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none");

    private static final AttributeKey<String> EVENT_ID = AttributeKey.stringKey("keyward.event.id");
    private static final AttributeKey<String> EVENT_TYPE = AttributeKey.stringKey("keyward.event.type");
    private static final int CLOSE_SECONDS = 5;

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final String group;

    private OpenTelemetryTracing(OpenTelemetrySdk sdk, String group) {
        this.sdk = sdk;
        this.group = group;
        tracer = sdk.getTracer("io.keyward");
        propagator = sdk.getPropagators().getTextMapPropagator();
    }

    /// Starts tracing; empty if the configuration does not enable it.
    ///
    /// @param service the default service name in traces; OpenTelemetry's settings may override it
    /// @throws ConfigurationException if OpenTelemetry cannot use its settings
    public static Optional<OpenTelemetryTracing> start(KeywardConfig config, String service, String version) {
        return config.value(KeywardConfig.TRACING)
                ? Optional.of(new OpenTelemetryTracing(sdk(service, version), config.applicationId()))
                : Optional.empty();
    }

    private static OpenTelemetrySdk sdk(String service, String version) {
        SLF4JBridgeHandler.removeHandlersForRootLogger(); // its handler would write to the console
        SLF4JBridgeHandler.install();
        Resource release = Resource.create(Attributes.of(AttributeKey.stringKey("service.version"), version));
        try {
            return AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(() -> DEFAULTS)
                    .addPropertiesSupplier(() -> Map.of("otel.service.name", service))
                    .addResourceCustomizer((configured, _) -> release.merge(configured))
                    .disableShutdownHook()
                    .build()
                    .getOpenTelemetrySdk();
        } catch (RuntimeException refused) {
            throw new ConfigurationException(List.of(
                    "%s = true: OpenTelemetry cannot use its settings (OTEL_…): %s. See docs/tracing.md for the settings."
                            .formatted(KeywardConfig.TRACING.key(), refused.getMessage())));
        }
    }

    @Override
    public <T> T trace(Trigger trigger, Function<Trigger, T> work) {
        Cause cause = trigger.cause();
        Context before = propagator.extract(Context.root(), trigger.headers(), OpenTelemetryTracing::last);
        Span span = span("process", cause.topic(), SpanKind.CONSUMER, before)
                .addLink(Span.fromContext(before).getSpanContext())
                .setAttribute("messaging.consumer.group.name", group)
                .setAttribute("messaging.destination.partition.id", Integer.toString(cause.partition()))
                .setAttribute("messaging.kafka.offset", cause.offset())
                .setAttribute(EVENT_TYPE, cause.eventType())
                .setAttribute(EVENT_ID, cause.eventId())
                .startSpan();
        try {
            return work.apply(new Trigger(cause, trigger.recordTime(), carried(trigger.headers(), before.with(span))));
        } catch (RuntimeException | Error failure) {
            fail(span, failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    @Override
    public List<Trigger.CarriedHeader> sent(String topic) {
        Span span = span("send", topic, SpanKind.PRODUCER, Context.root()).startSpan();
        span.end();
        return carried(List.of(), Context.root().with(span));
    }

    /// Starts a span for a delivery of a source; [Delivery#end] ends it.
    ///
    /// @param source such as `event-grid`
    /// @param received may contain the context of the preceding span
    public Delivery deliver(String source, List<Trigger.CarriedHeader> received) {
        Context before = propagator.extract(Context.root(), received, OpenTelemetryTracing::last);
        Span span = span("send", "", SpanKind.PRODUCER, before)
                .setAttribute("keyward.intake.source", source)
                .startSpan();
        return new Delivery(span, carried(received, before.with(span)));
    }

    /// A delivery of a source.
    ///
    /// @param headers for the records that result from it
    public record Delivery(Span span, List<Trigger.CarriedHeader> headers) {
        /// Ends the span.
        ///
        /// @param failure null if everything was accepted
        public void end(Throwable failure) {
            if (failure != null) {
                fail(span, failure);
            }
            span.end();
        }
    }

    /// @param topic empty if there is none, or more than one
    private SpanBuilder span(String operation, String topic, SpanKind kind, Context before) {
        SpanBuilder span = tracer.spanBuilder(topic.isEmpty() ? operation : operation + " " + topic)
                .setSpanKind(kind)
                .setParent(before)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.name", operation)
                .setAttribute("messaging.operation.type", operation);
        return topic.isEmpty() ? span : span.setAttribute("messaging.destination.name", topic);
    }

    /// Exception messages may contain what must not appear in a trace.
    private static void fail(Span span, Throwable failure) {
        span.setAttribute("error.type", failure.getClass().getName()).setStatus(StatusCode.ERROR);
    }

    /// If a header is repeated, the last value counts.
    private static String last(List<Trigger.CarriedHeader> headers, String name) {
        return headers.reversed().stream()
                .filter(header -> header.name().equals(name) && header.value() != null)
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse(null);
    }

    private List<Trigger.CarriedHeader> carried(List<Trigger.CarriedHeader> received, Context context) {
        List<Trigger.CarriedHeader> headers = new ArrayList<>(received);
        headers.removeIf(header -> propagator.fields().contains(header.name()));
        propagator.inject(
                context,
                headers,
                (all, name, value) -> all.add(new Trigger.CarriedHeader(name, value.getBytes(StandardCharsets.UTF_8))));
        return headers;
    }

    /// Sends the remaining spans, within a time limit.
    @Override
    public void close() {
        sdk.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
