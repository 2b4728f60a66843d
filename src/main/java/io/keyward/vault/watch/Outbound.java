package io.keyward.vault.watch;

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

/// The events that are on their way into the facts. They count as facts already, so that none is published twice, and
/// each is sent again, as it was, until it has arrived: a fact is the same however often it is stated. For one thread.
final class Outbound {
    private static final Logger LOG = LoggerFactory.getLogger(Outbound.class);

    private final Map<Event.OfKey, InFlightEvent> sent = new LinkedHashMap<>();

    /// What is known of a tenant's key.
    interface Facts extends BiFunction<TenantId, KeyId, Optional<KeyFacts>> {}

    void add(Event.OfKey event) {
        sent.put(event, InFlightEvent.first(event));
    }

    void placed(Event.OfKey event, RecordPosition place, Instant now) {
        change(event, s -> s.placed(place, now));
    }

    void failed(Event.OfKey event, Instant now) {
        change(event, s -> s.failed(now));
    }

    private void change(Event.OfKey event, UnaryOperator<InFlightEvent> change) {
        sent.computeIfPresent(event, (_, s) -> change.apply(s));
    }

    /// What is on its way for a tenant's key and not among these facts.
    List<Event.OfKey> missingIn(KeyFacts facts, TenantId tenant, KeyId key) {
        return sent.keySet().stream()
                .filter(event -> event.tenantId().equals(tenant) && event.key().equals(key))
                .filter(event -> !facts.with(event).equals(facts))
                .toList();
    }

    /// Lets go of what has arrived, and of what is for others to look after now.
    ///
    /// @return the events that are to be sent again
    List<Event.OfKey> review(
            Facts facts, Predicate<Event.OfKey> isOurs, Map<TopicPartition, Long> processed, Instant now) {
        List<Event.OfKey> again = new ArrayList<>();
        for (InFlightEvent each : List.copyOf(sent.values())) {
            Event.OfKey event = each.event();
            Optional<KeyFacts> stored = facts.apply(event.tenantId(), event.key());
            if (!isOurs.test(event)
                    || stored.filter(s -> s.with(event).equals(s)).isPresent()) {
                sent.remove(event);
            } else if (stored.isPresent() && !each.notBefore().isAfter(now)) {
                each.place().ifPresent(place -> warn(event, place));
                sent.put(event, each.again());
                again.add(event);
            } else if (each.place().filter(place -> place.isPassed(processed)).isPresent()) {
                sent.put(event, each.passed(now));
            }
        }
        return again;
    }

    private static void warn(Event.OfKey event, RecordPosition place) {
        LOG.warn(
                "{} of {} ({} offset {}) has not become a fact and is sent again; look for it among the dead letters,"
                        + " and compare this machine's clock with the brokers'",
                event.type(),
                event.key(),
                place.partition(),
                place.offset());
    }
}
