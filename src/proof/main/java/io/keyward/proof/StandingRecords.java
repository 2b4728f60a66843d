package io.keyward.proof;

import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.StandingOutputs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What stands published of some tenants, gathered from the records of the outputs, in the order of each topic. Not
/// thread-safe.
final class StandingRecords {
    private final Set<String> erased;

    /// The newest record under each key of each topic.
    private final Map<String, Map<String, Publication.Stated>> newest = new HashMap<>();

    /// The highest revision of each decision, also of what was purged since: revisions go on.
    private final Map<String, Long> revisions = new HashMap<>();

    /// @param erased the tenants that were ever erased, see [Erasure#sha256]: behind a tombstone their revisions begin
    ///     again
    StandingRecords(Set<String> erased) {
        this.erased = Set.copyOf(erased);
    }

    private final Map<String, Cause> causes = new HashMap<>();

    /// @param publication empty for a tombstone
    /// @param isNew whether the event that caused it is in [StandingOutputs#causes]
    void put(String topic, String key, Optional<Publication.Stated> publication, boolean isNew) {
        causes.remove(key);
        if (publication.isEmpty() && !erased.isEmpty() && erased.contains(Erasure.sha256(tenant(key)))) {
            revisions.remove(key);
        }
        if (publication.orElse(null) instanceof Publication.OfDecision decision) {
            revisions.merge(key, decision.revision(), Math::max);
            if (isNew && isFromOthers(decision.cause())) {
                causes.put(key, decision.cause());
            }
        }
        Map<String, Publication.Stated> records = newest.computeIfAbsent(topic, _ -> new HashMap<>());
        publication.ifPresentOrElse(value -> records.put(key, value), () -> records.remove(key));
    }

    /// Whether somebody else must send the event again: it is none of Keyward's own, and no change of rules.
    private static boolean isFromOthers(Cause cause) {
        return cause.offset() >= 0 && !cause.eventType().equals(Event.TimeReached.class.getSimpleName());
    }

    StandingOutputs outputs() {
        Map<Optional<FanOut.Address>, List<Publication.Stated>> records = newest.values().stream()
                .flatMap(topic -> topic.values().stream())
                .collect(Collectors.groupingBy(record -> address(record.key()), HashMap::new, Collectors.toList()));
        Map<TenantId, Optional<Incident>> limits = new HashMap<>();
        records.getOrDefault(Optional.empty(), List.of())
                .forEach(record -> limits.put(record.tenantId(), open((Publication.OfWarning) record)));
        revisions.keySet().forEach(key -> records.putIfAbsent(address(key), List.of()));
        Map<FanOut.Address, Published> published = new HashMap<>();
        records.forEach((about, all) -> about.ifPresent(of -> published.put(of, published(of, all))));
        Map<StandingOutputs.EventOf, Cause> events = new HashMap<>();
        causes.forEach((key, cause) -> events.put(new StandingOutputs.EventOf(tenant(key), cause.eventId()), cause));
        return new StandingOutputs(published, limits, events);
    }

    private static TenantId tenant(String key) {
        return new TenantId(key.substring(0, key.indexOf('/')));
    }

    /// Empty if it is the key of a warning about a tenant.
    private static Optional<FanOut.Address> address(String key) {
        return RecordKeys.environment(key).map(environment -> new FanOut.Address(tenant(key), environment));
    }

    private static Optional<Incident> open(Publication.OfWarning warning) {
        return Optional.of(warning.incident()).filter(_ -> warning.clearedAt().isEmpty());
    }

    /// What stands published of one environment. The topics may end at different revisions.
    private Published published(FanOut.Address of, List<Publication.Stated> records) {
        long revision = revisions.getOrDefault(Publication.decisionKey(of.tenantId(), of.environmentId()), 0L);
        Optional<Decision> decision = Optional.empty();
        TreeMap<WarningCode, Optional<Incident>> warnings = new TreeMap<>();
        TreeMap<String, Signal> signals = new TreeMap<>();
        for (Publication.Stated record : records) {
            switch (record) {
                case Publication.OfDecision last -> {
                    decision = Optional.of(last.decision());
                    revision = Math.max(revision, last.revision());
                }
                case Publication.OfWarning last -> warnings.put(last.code(), open(last));
                case Publication.OfSignal last -> {
                    signals.put(last.sink(), last.signal());
                    revision = Math.max(revision, last.revision());
                }
            }
        }
        return new Published(revision, decision, warnings, signals);
    }
}
