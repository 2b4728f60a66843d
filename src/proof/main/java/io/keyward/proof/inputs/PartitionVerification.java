package io.keyward.proof.inputs;

import io.keyward.avro.state.UnreadableStateException;
import io.keyward.client.Position;
import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.kafka.Stopwatch;
import io.keyward.proof.ProofFinding;
import io.keyward.proof.Report;
import io.keyward.proof.Subject;
import io.keyward.proof.Unverifiable;
import io.keyward.topology.Admission;
import io.keyward.topology.Admitted;
import io.keyward.topology.OriginCoordinates;
import io.keyward.topology.store.Nodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/// Verifies the facts of the tenants of one partition. For one thread, once.
///
/// In this order it asks what the processor has committed, reads the changelogs to their end, asks again, and
/// reads the inputs to there. Inputs and rows are committed together. So the rows hold every event below the
/// first position, and no event at or behind the second one. An event between the two may be among the facts or
/// not: the facts must be those of the events below the first position together with those between the two that
/// the rows hold.
final class PartitionVerification {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Scope scope;
    private final Admission admission;
    private final ErasurePositions erasures;
    private final Findings sentences;
    private final FactRows rows = new FactRows();
    private final Map<TenantId, TenantFacts> expected = new HashMap<>();
    private final List<ReadEvent> waiting = new ArrayList<>();
    private final List<ReadEvent> misplaced = new ArrayList<>();
    private final Set<OriginCoordinates> copies = new HashSet<>();
    private final Map<TenantId, Set<FactScope>> lost = new HashMap<>();
    private final Set<TenantId> unreadable = new HashSet<>();
    private final List<ProofFinding> findings = new ArrayList<>();
    private final List<Unverifiable> unverifiable = new ArrayList<>();
    private final Map<String, String> stores = new HashMap<>();
    private long events;

    /// What is verified.
    ///
    /// @param start where the facts of the base end, and the inputs begin
    /// @param partitions the partition count of the inputs
    /// @param complete whether every input since the start is there. If not, facts that no input explains prove
    ///     nothing
    record Scope(Subject subject, Position start, int partitions, boolean complete) {
        int partition() {
            return start.partition();
        }
    }

    /// @param base the rows with which the facts begin
    PartitionVerification(Scope scope, Admission admission, FactRows base, ErasurePositions erasures) {
        this.scope = scope;
        this.admission = admission;
        this.erasures = erasures;
        this.sentences = new Findings(scope.subject(), scope.partition());
        FactRows.STORES.forEach(store -> stores.put(scope.subject().changelog(store), store));
        base.tenants().stream()
                .filter(tenant -> !erasures.isErasedSince(tenant, scope.start()))
                .forEach(tenant -> expected.put(tenant, base.facts(tenant).copy()));
    }

    /// What became of it.
    ///
    /// @param misplaced the events that other partitions must know
    /// @param copies where the rerouted events of this partition were first read
    record Result(Report report, List<ReadEvent> misplaced, Set<OriginCoordinates> copies) {}

    /// @param elsewhere events of this partition's tenants that were read on other partitions
    /// @param patience how long to wait for rerouted events that are not decided yet
    Result verify(PartitionLogs logs, List<ReadEvent> elsewhere, Duration patience) {
        Stopwatch stopwatch = Stopwatch.start();
        List<ReadEvent> undecided = read(logs);
        settleElsewhere(elsewhere);
        compare();
        while (!undecided.isEmpty() && !stopwatch.hasReached(patience)) {
            LockSupport.parkNanos(PAUSE.toNanos());
            undecided = settleIfDecided(undecided, logs);
        }
        report(undecided);
        Report report = new Report(
                count(Nodes.ENVIRONMENTS), count(Nodes.KEYS), rows.tenants().size(), events, findings, unverifiable, 0);
        return new Result(report, misplaced, copies);
    }

    /// Reads all logs, and returns the rerouted events that the processor has not read yet.
    private List<ReadEvent> read(PartitionLogs logs) {
        Position decided = logs.committed();
        readRows(logs);
        Position known = logs.committed();
        logs.readInputs(known, record -> take(record, decided));
        return waiting.stream()
                .filter(read -> read.offset() >= known.next(read.topic()))
                .toList();
    }

    private void readRows(PartitionLogs logs) {
        logs.readChangelogs(row -> rows.take(
                stores.getOrDefault(row.topic(), row.topic()), Bytes.wrap(row.key()), row.value(), row.offset()));
    }

    /// Returns the events that are not decided yet; none once they all are.
    private List<ReadEvent> settleIfDecided(List<ReadEvent> undecided, PartitionLogs logs) {
        Position decided = logs.committed();
        if (undecided.stream().anyMatch(read -> read.offset() >= decided.next(read.topic()))) {
            return undecided;
        }
        readRows(logs);
        undecided.forEach(this::settle);
        return List.of();
    }

    /// What others have read and sent here is among the facts, unless it waits to be read.
    private void settleElsewhere(List<ReadEvent> elsewhere) {
        Set<OriginCoordinates> notYet = new HashSet<>();
        waiting.forEach(read -> notYet.add(read.origin()));
        elsewhere.stream()
                .filter(read -> !notYet.contains(read.origin()))
                .filter(read -> erasures.of(read.event().tenantId()).isEmpty())
                .forEach(this::settle);
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Position decided) {
        if (admission.read(record) instanceof Admitted(Event event, OriginCoordinates origin, byte[] _)) {
            Topic topic = scope.subject().names().topic(record.topic()).orElseThrow();
            ReadEvent read = new ReadEvent(event, topic, record.offset(), origin);
            int owningPartition = TenantPartitioner.partitionOf(event.tenantId().value(), scope.partitions());
            if (owningPartition != scope.partition()) {
                if (topic != Topic.REROUTED) {
                    misplaced.add(read);
                }
                return;
            }
            if (topic == Topic.REROUTED) {
                copies.add(origin);
            }
            events++;
            if (erasures.covers(event.tenantId(), topic, record.offset())) {
                return;
            }
            if (record.offset() < decided.next(topic)) {
                settle(read);
            } else {
                waiting.add(read);
            }
        }
    }

    /// The event is among the facts, or it is lost.
    private void settle(ReadEvent read) {
        TenantId tenant = read.event().tenantId();
        expected.computeIfAbsent(tenant, _ -> new TenantFacts()).add(read.event());
        if (found(tenant).filter(facts -> !facts.holds(read.event())).isPresent()) {
            lost.computeIfAbsent(tenant, _ -> new HashSet<>()).add(FactScope.of(read.event()));
            findings.add(sentences.lost(read));
        }
    }

    /// The facts in the rows; empty if these cannot be read, which is a finding.
    private Optional<TenantFacts> found(TenantId tenant) {
        if (unreadable.contains(tenant)) {
            return Optional.empty();
        }
        try {
            return Optional.of(rows.facts(tenant));
        } catch (UnreadableStateException failure) {
            unreadable.add(tenant);
            findings.add(sentences.unreadable(tenant, failure));
            return Optional.empty();
        }
    }

    private void compare() {
        if (!scope.complete()) {
            return;
        }
        Map<TenantId, List<Event>> between =
                waiting.stream().map(ReadEvent::event).collect(Collectors.groupingBy(Event::tenantId));
        Set<TenantId> everybody = new HashSet<>(rows.tenants());
        everybody.addAll(expected.keySet());
        everybody.forEach(tenant ->
                found(tenant).ifPresent(facts -> compare(tenant, facts, between.getOrDefault(tenant, List.of()))));
    }

    private void compare(TenantId tenant, TenantFacts found, List<Event> between) {
        TenantFacts stated = expected.getOrDefault(tenant, new TenantFacts());
        if (!between.isEmpty()) {
            stated = stated.copy();
            between.stream().filter(found::holds).forEach(stated::add);
        }
        List<FactScope> different = new ArrayList<>(stated.differences(found));
        different.removeAll(lost.getOrDefault(tenant, Set.of()));
        Map<FactScope, Long> offsets = different.isEmpty() ? Map.of() : rows.offsets(tenant);
        for (FactScope factScope : different) {
            findings.add(sentences.different(
                    tenant,
                    factScope,
                    offsets.getOrDefault(factScope, -1L),
                    Findings.difference(stated.at(factScope), found.at(factScope))));
        }
    }

    private void report(List<ReadEvent> undecided) {
        if (!undecided.isEmpty()) {
            ReadEvent first = undecided.getFirst();
            unverifiable.add(Unverifiable.of(
                    scope.subject().names().name(first.topic()),
                    scope.partition(),
                    "%d rerouted records from offset %d on are not decided yet."
                            .formatted(undecided.size(), first.offset())));
        }
    }

    private long count(String store) {
        return rows.tenants().stream()
                .filter(tenant -> !unreadable.contains(tenant))
                .mapToLong(tenant -> rows.facts(tenant).count(store))
                .sum();
    }
}
