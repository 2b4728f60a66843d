package io.keyward.proof.inputs;

import io.keyward.avro.state.UnreadableStateException;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.proof.Finding;
import io.keyward.proof.Subject;
import io.keyward.proof.Unverifiable;
import io.keyward.topology.Admission;
import io.keyward.topology.Origin;
import io.keyward.topology.Position;
import io.keyward.topology.contract.TenantPartitioner;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.store.Nodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;

/// Verifies the facts of the tenants of one partition. For one thread, once.
///
/// In this order it asks what the processor has committed, reads the changelogs to their end, asks again, and reads the
/// inputs to there. Inputs and rows are committed together. So the rows hold every event below the first position, and
/// no event at or behind the second one. An event between the two may be among the facts or not. A tenant with such
/// events whose facts are neither those without nor those with all of them is looked at again.
final class PartitionVerification {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Scope scope;
    private final Admission admission;
    private final Erasures erasures;
    private final Findings sentences;
    private final FactRows rows = new FactRows();
    private final Map<TenantId, TenantFacts> expected = new HashMap<>();
    private final Set<TenantId> otherSpellings = new HashSet<>();
    private final List<ReadEvent> waiting = new ArrayList<>();
    private final List<ReadEvent> misplaced = new ArrayList<>();
    private final Set<Origin> copies = new HashSet<>();
    private final Map<TenantId, Set<Place>> lost = new HashMap<>();
    private final Set<TenantId> unreadable = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Unverifiable> unverifiable = new ArrayList<>();
    private final Map<String, String> stores = new HashMap<>();
    private long events;

    /// What is verified.
    ///
    /// @param partitions the partition count of the inputs
    /// @param complete whether every input since the start is there. If not, facts that no input explains prove nothing
    record Scope(Subject subject, int partition, int partitions, boolean complete) {}

    /// @param base the rows with which the facts begin
    PartitionVerification(Scope scope, Admission admission, FactRows base, Erasures erasures) {
        this.scope = scope;
        this.admission = admission;
        this.erasures = erasures;
        this.sentences = new Findings(scope.subject(), scope.partition());
        FactRows.STORES.forEach(store -> stores.put(scope.subject().changelog(store), store));
        base.tenants().stream()
                .filter(tenant -> erasures.of(tenant).isEmpty())
                .forEach(tenant -> expected.put(tenant, base.facts(tenant).copy()));
    }

    /// What became of it.
    ///
    /// @param misplaced the events that other partitions must know
    /// @param copies where the rerouted events of this partition were first read
    record Result(
            long environments,
            long keys,
            long tenants,
            long events,
            List<Finding> findings,
            List<Unverifiable> unverifiable,
            List<ReadEvent> misplaced,
            Set<Origin> copies) {}

    /// @param elsewhere events of this partition's tenants that were read on other partitions
    /// @param patience how long to wait for tenants that keep changing
    Result verify(PartitionLogs logs, List<ReadEvent> elsewhere, Duration patience) {
        long begun = System.nanoTime();
        Round last = round(logs, elsewhere, Optional.empty());
        while (!last.isFinal() && System.nanoTime() - begun < patience.toNanos()) {
            LockSupport.parkNanos(PAUSE.toNanos());
            last = round(logs, List.of(), Optional.of(last.again()));
        }
        report(last);
        return new Result(
                count(TenantFacts::environments),
                count(TenantFacts::keys),
                rows.known().size(),
                events,
                findings,
                unverifiable,
                misplaced,
                copies);
    }

    /// What one round leaves open.
    ///
    /// @param again the tenants that must be looked at again
    /// @param undecided the rerouted events that the processor had not read yet
    private record Round(Set<TenantId> again, List<ReadEvent> undecided) {
        boolean isFinal() {
            return again.isEmpty() && undecided.isEmpty();
        }
    }

    private Round round(PartitionLogs logs, List<ReadEvent> elsewhere, Optional<Set<TenantId>> concerned) {
        Position decided = logs.committed();
        logs.readChangelogs(row -> rows.take(
                stores.getOrDefault(row.topic(), row.topic()), Bytes.wrap(row.key()), row.value(), row.offset()));
        Position known = logs.committed();
        List<ReadEvent> before = List.copyOf(waiting);
        waiting.clear();
        before.forEach(read -> take(read, decided));
        logs.readInputs(known, record -> take(record, decided));
        Set<Origin> notYet = new HashSet<>();
        waiting.forEach(read -> notYet.add(read.origin()));
        elsewhere.stream()
                .filter(read -> !notYet.contains(read.origin()))
                .filter(read -> erasures.of(read.event().tenantId()).isEmpty())
                .forEach(this::settle);
        return new Round(
                compare(concerned.orElseGet(this::everybody), known),
                waiting.stream()
                        .filter(read -> read.offset() >= known.next(read.topic()))
                        .toList());
    }

    private Set<TenantId> everybody() {
        Set<TenantId> all = new HashSet<>(rows.tenants());
        all.addAll(expected.keySet());
        return all;
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Position decided) {
        if (admission.read(record) instanceof Admission.Outcome.Accepted(Origin origin, Event event)) {
            Topic topic = scope.subject().names().topic(record.topic()).orElseThrow();
            ReadEvent read = new ReadEvent(event, topic, record.offset(), origin);
            int home = TenantPartitioner.home(event.tenantId().value(), scope.partitions());
            if (home != scope.partition()) {
                if (topic != Topic.REROUTED) {
                    misplaced.add(read);
                }
                return;
            }
            if (topic == Topic.REROUTED) {
                copies.add(origin);
            }
            events++;
            if (!erasures.covers(event.tenantId(), topic, record.offset())) {
                take(read, decided);
            }
        }
    }

    private void take(ReadEvent read, Position decided) {
        if (read.offset() < decided.next(read.topic())) {
            settle(read);
        } else {
            waiting.add(read);
        }
    }

    /// The event is among the facts, or it is lost.
    private void settle(ReadEvent read) {
        TenantId tenant = read.event().tenantId();
        expected.computeIfAbsent(tenant, _ -> new TenantFacts()).add(read.event());
        if (found(tenant).filter(facts -> !facts.holds(read.event())).isPresent()) {
            lost.computeIfAbsent(tenant, _ -> new HashSet<>()).add(Findings.place(read.event()));
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

    /// Returns the tenants that must be looked at again.
    private Set<TenantId> compare(Collection<TenantId> concerned, Position known) {
        Map<TenantId, List<Event>> between = new HashMap<>();
        waiting.stream()
                .filter(read -> read.offset() < known.next(read.topic()))
                .forEach(read -> between.computeIfAbsent(read.event().tenantId(), _ -> new ArrayList<>())
                        .add(read.event()));
        Set<TenantId> again = new HashSet<>();
        for (TenantId tenant : concerned) {
            if (found(tenant).isPresent() && !settled(tenant, between.getOrDefault(tenant, List.of()))) {
                again.add(tenant);
            }
        }
        return again;
    }

    private boolean settled(TenantId tenant, List<Event> between) {
        TenantFacts found = rows.facts(tenant);
        TenantFacts without = expected.getOrDefault(tenant, new TenantFacts());
        Set<Place> different = without.differences(found);
        if (different.isEmpty() || !scope.complete()) {
            return true;
        }
        if (!between.isEmpty()) {
            TenantFacts with = without.copy();
            between.forEach(with::add);
            different.retainAll(with.differences(found));
            return different.isEmpty();
        }
        different.removeAll(lost.getOrDefault(tenant, Set.of()));
        different.forEach(place -> {
            if (place instanceof Place.OfKey(var key) && TenantFacts.isOtherSpelling(key)) {
                otherSpellings.add(tenant);
            } else {
                findings.add(sentences.different(tenant, place, without, rows));
            }
        });
        return true;
    }

    private void report(Round last) {
        last.again().forEach(tenant -> unverifiable.add(new Unverifiable(
                scope.subject().changelog(Nodes.TENANTS),
                scope.partition(),
                Optional.of(tenant),
                Optional.empty(),
                "Its facts kept changing while they were verified. Every event read before is among them.")));
        otherSpellings.forEach(tenant -> unverifiable.add(new Unverifiable(
                scope.subject().changelog(Nodes.KEYS),
                scope.partition(),
                Optional.of(tenant),
                Optional.empty(),
                "An earlier release stored keys of it under spellings that events do not use any more.")));
        if (!last.undecided().isEmpty()) {
            ReadEvent first = last.undecided().getFirst();
            unverifiable.add(new Unverifiable(
                    scope.subject().names().name(first.topic()),
                    scope.partition(),
                    Optional.empty(),
                    Optional.empty(),
                    "%d rerouted records from offset %d on are not decided yet."
                            .formatted(last.undecided().size(), first.offset())));
        }
    }

    private long count(ToIntFunction<TenantFacts> what) {
        return rows.known().stream()
                .filter(tenant -> !unreadable.contains(tenant))
                .mapToLong(tenant -> what.applyAsInt(rows.facts(tenant)))
                .sum();
    }
}
