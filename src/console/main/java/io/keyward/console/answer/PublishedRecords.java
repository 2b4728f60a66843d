package io.keyward.console.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.client.Topic;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.Page;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.replica.TimelineEntry;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.topology.read.OutputReader;
import io.keyward.topology.read.OutputRecord;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The newest records published about an environment: its decision, its open warnings, the decisions that prove
/// its components, and, through their causes, the coordinates of events. It reads back only as far as it must,
/// within a bound.
final class PublishedRecords {
    private static final int PAGE = 50;
    private static final int MAX_PAGES = 6;

    private final EnvironmentRow row;

    /// The newest decision and the newest record of each warning, by record key.
    private final Map<String, ObjectNode> newest = new HashMap<>();

    private final Map<Long, Proofs.Read> decisions = new HashMap<>();
    private final Map<String, NamedCause> causes = new HashMap<>();
    private final Proofs proofs;

    private PublishedRecords(EnvironmentRow row) {
        this.row = row;
        this.proofs = new Proofs(row.state().published(), decisions);
    }

    /// Reads back until it has the records of the current publications, the proofs, and the causes with
    /// these event ids.
    static PublishedRecords read(ReplicaView view, EnvironmentRow row, OutputReader reader, Collection<Stamp> events) {
        PublishedRecords records = new PublishedRecords(row);
        Set<String> keys = records.keys();
        Set<String> eventIds =
                events.stream().map(event -> event.eventId().value()).collect(Collectors.toSet());
        Optional<String> before = Optional.empty();
        for (int page = 0; page < MAX_PAGES && !records.hold(keys, eventIds); page++) {
            Page<TimelineEntry> entries = view.timeline(row.tenant(), Optional.of(row.environment()), before, PAGE);
            for (TimelineEntry entry : entries.entries()) {
                if (reader.readable(entry.output()).orElse(null) instanceof OutputRecord.Published output) {
                    records.add(output, before);
                }
                before = Optional.of(entry.cursor());
            }
            if (entries.next().isEmpty()) {
                break;
            }
        }
        return records;
    }

    /// The keys of the current records.
    private Set<String> keys() {
        Published published = row.state().published();
        Set<String> keys = published.openWarnings().stream().map(this::key).collect(Collectors.toSet());
        published.decision().ifPresent(_ -> keys.add(decisionKey()));
        return keys;
    }

    private boolean hold(Set<String> keys, Set<String> eventIds) {
        return newest.keySet().containsAll(keys) && causes.keySet().containsAll(eventIds) && proofs.settled();
    }

    /// @param before the cursor of the timeline page that begins with the record; empty if no record is newer
    private void add(OutputRecord.Published output, Optional<String> before) {
        if (output.topic() != Topic.ANALYTICS_SUPPRESSIONS) {
            newest.putIfAbsent(output.key(), output.value());
        }
        if (output.topic() == Topic.ENCRYPTION_DECISIONS) {
            decisions.putIfAbsent(output.value().path("revision").asLong(), new Proofs.Read(output.value(), before));
        }
        NamedCause.ofOutput(output.value()).ifPresent(cause -> causes.putIfAbsent(cause.eventId(), cause));
    }

    /// Which revision proved each component to be encrypted as decided.
    Map<Component, EnforcementAnswer.Proof> proofs() {
        return proofs.all();
    }

    /// The record of the decision with that revision.
    Optional<ObjectNode> decision(long revision) {
        return Optional.ofNullable(newest.get(decisionKey()))
                .filter(record -> record.path("revision").asLong() == revision);
    }

    /// The last record of the incident.
    Optional<ObjectNode> warning(WarningCode code, Incident open) {
        return Optional.ofNullable(newest.get(key(code))).filter(record -> isLastOf(record, code, open));
    }

    /// The event, with its coordinates if an output names it.
    NamedCause cause(Stamp event) {
        return cause(event, Optional.empty());
    }

    /// The same for an enforcement report.
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

    private String decisionKey() {
        return Publication.decisionKey(row.tenant(), row.environment());
    }

    private String key(WarningCode warning) {
        return Publication.warningKey(row.tenant(), Optional.of(row.environment()), warning);
    }

    /// Whether it is the last record of the incident.
    static boolean isLastOf(ObjectNode record, WarningCode code, Incident open) {
        return record.path("incident").asText("").equals(open.id().text(code))
                && record.path("sequence").asInt() == open.sequence();
    }

    /// The time in a field of a record in plain JSON.
    static Optional<Instant> time(ObjectNode record, String field) {
        return Optional.ofNullable(record.path(field).textValue()).map(Instant::parse);
    }
}
