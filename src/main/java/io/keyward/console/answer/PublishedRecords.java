package io.keyward.console.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.console.replica.Page;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.replica.TimelineEntry;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.RaisedWarning;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.OutputReader;
import io.keyward.topology.OutputRecord;
import io.keyward.topology.contract.Topic;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The newest records published about an environment: its decision, the warnings that are open, the decisions that
/// prove something of its components, and through their causes where events are. It reads back no further than it
/// must, and no further than a bound.
final class PublishedRecords {
    private static final int PAGE = 50;
    private static final int MAX_PAGES = 6;

    private final TenantId tenant;
    private final EnvironmentId environment;
    private final Map<RecordName, ObjectNode> newest = new HashMap<>();
    private final Map<Long, Proofs.Read> decisions = new HashMap<>();
    private final Map<String, NamedCause> causes = new HashMap<>();

    private record RecordName(Topic topic, String key) {}

    private final Proofs proofs;

    private PublishedRecords(TenantId tenant, EnvironmentId environment, Published published) {
        this.tenant = tenant;
        this.environment = environment;
        this.proofs = new Proofs(published, decisions);
    }

    /// Reads back until the records of what is published, its proofs and the causes with these events are found.
    static PublishedRecords read(
            TimelineOf timeline, OutputReader reader, Published published, Collection<Stamp> events) {
        PublishedRecords records = new PublishedRecords(timeline.tenant(), timeline.environment(), published);
        Set<RecordName> names = records.namesOf(published);
        Set<String> eventIds = new HashSet<>();
        events.forEach(event -> eventIds.add(event.eventId().value()));
        Optional<String> before = Optional.empty();
        for (int page = 0; page < MAX_PAGES; page++) {
            if (names.isEmpty() && eventIds.isEmpty() && records.proofs.settled()) {
                break;
            }
            Page<TimelineEntry> entries = timeline.page(before, PAGE);
            for (TimelineEntry entry : entries.entries()) {
                if (reader.read(entry.output()) instanceof OutputRecord.Published output) {
                    records.add(output, names, eventIds);
                    records.addDecision(output, before);
                }
                before = Optional.of(entry.cursor());
            }
            if (entries.next().isEmpty()) {
                break;
            }
        }
        return records;
    }

    /// A part of a view: what was published about one environment.
    record TimelineOf(ReplicaView view, TenantId tenant, EnvironmentId environment) {
        Page<TimelineEntry> page(Optional<String> before, int limit) {
            return view.timeline(tenant, environment, before, limit);
        }
    }

    private Set<RecordName> namesOf(Published published) {
        Set<RecordName> names = new HashSet<>();
        if (published.decision().isPresent()) {
            names.add(decisionName());
        }
        published.warnings().forEach((warning, raised) -> {
            if (raised.isPresent()) {
                names.add(name(warning));
            }
        });
        return names;
    }

    private void add(OutputRecord.Published output, Set<RecordName> namesWanted, Set<String> eventsWanted) {
        RecordName name = new RecordName(output.topic(), output.key());
        newest.putIfAbsent(name, output.value());
        namesWanted.remove(name);
        NamedCause.ofOutput(output.value()).ifPresent(cause -> {
            causes.putIfAbsent(cause.eventId(), cause);
            eventsWanted.remove(cause.eventId());
        });
    }

    private void addDecision(OutputRecord.Published output, Optional<String> before) {
        if (output.topic() == Topic.ENCRYPTION_DECISIONS) {
            decisions.putIfAbsent(output.value().path("revision").asLong(), new Proofs.Read(output.value(), before));
        }
    }

    /// By which revision each component was proven to be encrypted as decided.
    Map<Component, EnforcementAnswer.Proof> proofs() {
        return proofs.all();
    }

    /// The record of the decision with that revision.
    Optional<ObjectNode> decision(long revision) {
        return Optional.ofNullable(newest.get(decisionName()))
                .filter(record -> record.path("revision").asLong() == revision);
    }

    /// The record that raised the warning at that time.
    Optional<ObjectNode> warning(WarningKey warning, RaisedWarning raised) {
        return Optional.ofNullable(newest.get(name(warning))).filter(record -> raised(record, raised.at()));
    }

    /// The event, with its record if an output names that.
    NamedCause cause(Stamp event) {
        return cause(event, Optional.empty());
    }

    /// The same of an enforcement report.
    NamedCause report(Stamp event) {
        return cause(event, Optional.of(Event.EnforcementReported.class.getSimpleName()));
    }

    private NamedCause cause(Stamp event, Optional<String> type) {
        String eventId = event.eventId().value();
        return Optional.ofNullable(causes.get(eventId))
                .filter(cause -> cause.occurredAt().equals(event.occurredAt()))
                .orElseGet(() -> new NamedCause(
                        type, eventId, event.occurredAt(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private RecordName decisionName() {
        return new RecordName(Topic.ENCRYPTION_DECISIONS, Publication.decisionKey(tenant, environment));
    }

    private RecordName name(WarningKey warning) {
        return new RecordName(Topic.WARNINGS, Publication.warningKey(tenant, Optional.of(environment), warning));
    }

    /// Whether it is the record of a warning that was raised at that time and is open.
    static boolean raised(ObjectNode record, Instant at) {
        return record.path("status").asText().equals("RAISED")
                && time(record, "raisedAt").equals(Optional.of(at));
    }

    /// The time in a field of a record in plain JSON.
    static Optional<Instant> time(ObjectNode record, String field) {
        return Optional.ofNullable(record.path(field).textValue()).map(Instant::parse);
    }
}
