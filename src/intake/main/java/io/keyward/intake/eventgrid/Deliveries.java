package io.keyward.intake.eventgrid;

import io.keyward.domain.decision.Trigger.CarriedHeader;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Finding;
import io.keyward.intake.IntakeObserver;
import io.keyward.intake.Item;
import io.keyward.intake.Publisher;
import io.keyward.intake.Publisher.Origin;
import io.keyward.kafka.Stopwatch;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the events that Event Grid delivers, and answers the question by which it makes sure that they are wanted:
/// <https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema>.
final class Deliveries {
    /// Where the events come from, in metrics and dead letters.
    static final String SOURCE = "event-grid";

    private static final List<String> TRACE_CONTEXT = List.of("traceparent", "tracestate");

    /// As much as W3C wants to be passed on at least.
    private static final int LONGEST_TRACE_CONTEXT = 512;

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    private final Publisher publisher;
    private final IntakeObserver observer;
    private final Duration timeout;

    /// An outage is logged once, not for each of its deliveries.
    private final AtomicBoolean isFailing = new AtomicBoolean();

    Deliveries(Publisher publisher, IntakeObserver observer, Duration timeout) {
        this.publisher = publisher;
        this.observer = observer;
        this.timeout = timeout;
    }

    EndpointResponse answer(TenantId tenant, EndpointRequest request) {
        Stopwatch received = Stopwatch.start();
        List<Item> items = EventGridReader.read(tenant, request.body());
        return validationCode(items)
                .map(code -> EndpointResponse.json(200, Map.of("validationResponse", code)))
                .orElseGet(() -> take(tenant, request, items, received));
    }

    /// The code with which Event Grid asks whether the webhook wants its events. The question comes alone.
    static Optional<String> validationCode(List<Item> items) {
        return items.size() == 1 && items.getFirst().finding() instanceof Finding.Handshake(var code)
                ? Optional.of(code)
                : Optional.empty();
    }

    private EndpointResponse take(TenantId tenant, EndpointRequest request, List<Item> items, Stopwatch received) {
        try {
            publisher
                    .publish(tenant, new Origin(SOURCE, request.path(), trace(request)), items)
                    .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return unavailable();
        } catch (ExecutionException | TimeoutException | RuntimeException failure) {
            if (isFailing.compareAndSet(false, true)) {
                LOG.warn("Events are not in Kafka; deliveries are answered 503 until they are: {}", reason(failure));
            }
            return unavailable();
        }
        if (isFailing.compareAndSet(true, false)) {
            LOG.info("Events are in Kafka again");
        }
        items.forEach(item -> observer.item(SOURCE, item));
        observer.delivered(SOURCE, received.elapsed());
        return taken(items);
    }

    /// What the request says of the trace that it belongs to: <https://www.w3.org/TR/trace-context/>.
    private static List<CarriedHeader> trace(EndpointRequest request) {
        return TRACE_CONTEXT.stream()
                .flatMap(name -> request
                        .header(name)
                        .filter(value -> value.length() <= LONGEST_TRACE_CONTEXT)
                        .map(value -> new CarriedHeader(name, value.getBytes(StandardCharsets.UTF_8)))
                        .stream())
                .toList();
    }

    private static String reason(Exception failure) {
        return Objects.requireNonNullElse(failure.getCause(), failure).toString();
    }

    private static EndpointResponse taken(List<Item> items) {
        long refused = items.stream()
                .filter(item -> item.finding() instanceof Finding.Refused)
                .count();
        return EndpointResponse.text(items.size() - refused + " events are taken; " + refused + " are dead letters.\n");
    }

    private static EndpointResponse unavailable() {
        return EndpointResponse.problem(503, "Kafka has not acknowledged the events; send them again.")
                .with("Retry-After", "10");
    }
}
