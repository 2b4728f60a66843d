package io.keyward.vault.watch;

import io.keyward.client.Coordinates;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The events in flight: published, but not stored as facts yet. They count as facts, so that no event is
/// published twice. Each event is sent again unchanged until it is stored; a repeated fact changes nothing.
/// Confined to one thread.
final class Outbound {
    private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);

    private final Map<Event.OfKey, InFlightEvent> inFlight = new LinkedHashMap<>();

    /// Returns the stored facts of a tenant's key.
    interface Facts extends BiFunction<TenantId, KeyId, Optional<KeyFacts>> {}

    void add(Event.OfKey event) {
        inFlight.put(event, InFlightEvent.first(event));
    }

    void placed(Event.OfKey event, Coordinates coordinates, Instant now) {
        change(event, s -> s.placed(coordinates, now));
    }

    void failed(Event.OfKey event, Instant now) {
        change(event, s -> s.failed(now));
    }

    private void change(Event.OfKey event, UnaryOperator<InFlightEvent> change) {
        inFlight.computeIfPresent(event, (_, s) -> change.apply(s));
    }

    /// The events in flight for a tenant's key that are not among these facts.
    List<Event.OfKey> missingIn(KeyFacts facts, TenantId tenant, KeyId key) {
        return inFlight.keySet().stream()
                .filter(event -> event.tenantId().equals(tenant) && event.key().equals(key))
                .filter(event -> !facts.with(event).equals(facts))
                .toList();
    }

    /// Drops events that are stored, and events of keys that other instances watch now.
    ///
    /// @return the events to send again
    List<Event.OfKey> review(
            Facts facts, Predicate<Event.OfKey> isOurs, Map<TopicPartition, Long> processed, Instant now) {
        List<Event.OfKey> again = new ArrayList<>();
        for (InFlightEvent each : List.copyOf(inFlight.values())) {
            Event.OfKey event = each.event();
            Optional<KeyFacts> stored = facts.apply(event.tenantId(), event.key());
            if (!isOurs.test(event)
                    || stored.filter(s -> s.with(event).equals(s)).isPresent()) {
                inFlight.remove(event);
            } else if (stored.isPresent() && !each.notBefore().isAfter(now)) {
                each.coordinates().ifPresent(coordinates -> warn(event, coordinates));
                inFlight.put(event, each.again());
                again.add(event);
            } else if (each.coordinates()
                    .filter(coordinates -> processed.getOrDefault(partition(coordinates), 0L) > coordinates.offset())
                    .isPresent()) {
                inFlight.put(event, each.passed(now));
            }
        }
        return again;
    }

    private static void warn(Event.OfKey event, Coordinates coordinates) {
        LOG.warn(
                "{} of {} ({} offset {}) has not become a fact and is sent again; look for it among the dead letters,"
                        + " and compare this machine's clock with the brokers'",
                event.type(),
                event.key(),
                partition(coordinates),
                coordinates.offset());
    }

    private static TopicPartition partition(Coordinates coordinates) {
        return new TopicPartition(coordinates.topic(), coordinates.partition());
    }
}
