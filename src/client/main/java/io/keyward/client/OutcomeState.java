package io.keyward.client;

import io.keyward.client.Outcome.Refused;
import io.keyward.client.Topic.Direction;
import io.keyward.decision.Progress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The outcome of events, from the records of `progress` and `dead-letters` in the order of reading (R33).
/// Thread-safe.
///
/// For the reader, an event is decided when three conditions hold:
/// 1. A progress record of its partition has a position past the event.
/// 2. A later one reports a time later than the first was written. Only then has the event's fan-out ended.
/// 3. The dead letters have been read up to their ends after that, open transactions included, and none is of the
///    event.
///
/// This applies to events on the owning partition of their tenant. A record elsewhere is decided on the owning
/// partition, possibly later.
class OutcomeState {
    private static final int REFUSALS_WITH_DETAIL = 100_000;

    /// How many positions are kept that are not known to be complete.
    private static final int MOST = 128;

    private static final List<Topic> READ = Topic.readByTheProcessor();

    private final TopicNames topics;
    private final Map<Integer, Partition> known = new HashMap<>();
    private final Refusals refusals = new Refusals(REFUSALS_WITH_DETAIL);
    private int partitions;

    /// What the cluster answers about the inputs, independent of the reading of outputs.
    private final MissingRecords missing = new MissingRecords();

    OutcomeState(TopicNames topics) {
        this.topics = topics;
    }

    /// A position, and the time up to which everything must be decided so that its fan-outs have ended.
    private record Note(Instant after, List<Long> next) {}

    /// What is known of one partition, by the next offset of each topic.
    private static final class Partition {
        private final Deque<Note> notes = new ArrayDeque<>();
        private Instant decidedUpTo = Instant.MIN;
        private List<Long> said = List.of();
        private List<Long> finished = List.of();
        private List<Long> claimed = List.of();
        private List<Long> confirmed = List.of();

        boolean isAheadOf(Instant time, List<Long> next) {
            for (int topic = 0; topic < said.size(); topic++) {
                if (next.get(topic) < said.get(topic)) {
                    return true;
                }
            }
            return time.isBefore(decidedUpTo);
        }

        void read(Instant time, List<Long> next, Instant written) {
            decidedUpTo = time;
            said = next;
            Instant known = time.isAfter(written) ? written : time;
            while (notes.stream().anyMatch(note -> note.after().isBefore(known))) {
                finished = notes.removeFirst().next();
            }
            if (notes.size() == MOST) {
                notes.removeLast();
            }
            notes.addLast(new Note(written.isAfter(time) ? written : time, next));
        }
    }

    /// Reading starts: everything is discarded.
    public synchronized void begins() {
        known.clear();
        refusals.clear();
        partitions = 0;
    }

    /// Reading has failed: everything is discarded.
    public void failed(String why) {
        begins();
    }

    /// Takes a record of `progress`. A record that reports less than the one before it, or positions that this
    /// release does not understand, discards what was decided on its partition.
    ///
    /// @param written when the broker appended the record; caps the reported time
    synchronized void progress(Progress said, Instant written) {
        if (said.getPartitions() != partitions) {
            known.clear();
            partitions = said.getPartitions();
        }
        Instant time = said.getDecidedUpTo();
        List<Long> next = Position.parse(said.getPositions())
                .filter(position -> position.partition() == said.getPartition())
                .map(Position::next)
                .orElse(List.of());
        Partition before = known.get(said.getPartition());
        if (next.isEmpty() || (before != null && before.isAheadOf(time, next))) {
            removed(said.getPartition());
        }
        if (!next.isEmpty()) {
            known.computeIfAbsent(said.getPartition(), partition -> new Partition())
                    .read(time, next, written);
        }
    }

    /// Takes a tombstone of the partition's progress.
    synchronized void removed(int partition) {
        known.remove(partition);
    }

    synchronized void refused(Coordinates coordinates, Refused why) {
        if (input(coordinates).isPresent()) {
            refusals.add(coordinates, why);
        }
    }

    /// The end offsets are about to be requested.
    public synchronized void asks() {
        known.values().forEach(partition -> partition.claimed = partition.finished);
    }

    /// Everything has been read that existed at the last request.
    public synchronized void reachedEnds() {
        known.values().forEach(partition -> partition.confirmed = partition.claimed);
    }

    /// @param now in milliseconds, of a monotonic clock
    /// @throws IllegalArgumentException if the coordinates are not in an input topic
    synchronized Outcome outcome(Coordinates coordinates, long now) {
        int topic = READ.indexOf(input(coordinates)
                .orElseThrow(() -> new IllegalArgumentException("The topic %s is not an input; must be one of %s."
                        .formatted(coordinates.topic(), String.join(", ", topics.inputs())))));
        List<Long> next = Optional.ofNullable(known.get(coordinates.partition()))
                .map(partition -> partition.confirmed)
                .orElse(List.of());
        boolean decided = !next.isEmpty() && next.get(topic) > coordinates.offset();
        Optional<Outcome> found = refusals.of(coordinates)
                .<Outcome>map(refused -> refused)
                .or(() -> decided ? Optional.of(new Outcome.Decided()) : Optional.empty());
        if (found.isPresent()) {
            missing.forget(coordinates);
            return found.get();
        }
        return missing.why(coordinates, now).<Outcome>map(Outcome.Unknown::new).orElseGet(Outcome.Pending::new);
    }

    /// The input topics whose end offsets have to be requested now; [#ends] takes the answers.
    synchronized List<String> due(long now) {
        return missing.due(now);
    }

    /// Takes the end offsets of an input, open transactions included; empty if there is no such topic.
    ///
    /// @param sent when the request was sent
    synchronized void ends(String topic, Map<Integer, Long> byPartition, long sent) {
        missing.answered(topic, byPartition, sent);
    }

    private Optional<Topic> input(Coordinates coordinates) {
        return topics.topic(coordinates.topic()).filter(topic -> topic.direction() == Direction.IN);
    }
}
