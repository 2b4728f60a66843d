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

/// What has become of events, by the records of `progress` and `dead-letters` as a reader reads them (R33).
/// Safe for many threads.
///
/// An event is decided for the reader once a progress of its partition has said a position behind it; once a
/// later one has said that all is decided up to later than the first was written, because only then its fan-out
/// has ended; and once the reader has read the dead letters up to where they ended after that, open
/// transactions included, and none is of the event.
///
/// That holds for events on the partition of their tenant. A record elsewhere is decided on its tenant's
/// partition, maybe later.
class OutcomeState {
    private static final int REFUSALS_WITH_DETAIL = 100_000;

    /// How many positions are remembered that are not known to be finished.
    private static final int MOST = 128;

    private static final List<Topic> READ = Topic.readByTheProcessor();

    private final TopicNames topics;
    private final Map<Integer, Partition> known = new HashMap<>();
    private final Refusals refusals = new Refusals(REFUSALS_WITH_DETAIL);
    private int partitions;

    /// What the cluster says of the inputs, whatever happens to the reading of outputs.
    private final MissingRecords missing = new MissingRecords();

    OutcomeState(TopicNames topics) {
        this.topics = topics;
    }

    /// A position, and the moment up to which all must be decided so that its fan-outs have ended.
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

    /// Reading begins: all is forgotten.
    public synchronized void begins() {
        known.clear();
        refusals.clear();
        partitions = 0;
    }

    /// Reading has failed: all is forgotten.
    public void failed(String why) {
        begins();
    }

    /// Takes a record of `progress`. One that says less than the one before it makes forget what was decided on
    /// its partition, and so does one with positions that this release does not understand.
    ///
    /// @param written when the broker got the record; if it speaks of a later time, this one counts
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

    /// The progress of that partition is deleted.
    synchronized void removed(int partition) {
        known.remove(partition);
    }

    synchronized void refused(Coordinates coordinates, Refused why) {
        if (input(coordinates).isPresent()) {
            refusals.add(coordinates, why);
        }
    }

    /// It will be asked now where the topics end.
    public synchronized void asks() {
        known.values().forEach(partition -> partition.claimed = partition.finished);
    }

    /// All has been read that was there when it was asked last.
    public synchronized void reachedEnds() {
        known.values().forEach(partition -> partition.confirmed = partition.claimed);
    }

    /// @param now in milliseconds, of a clock that never jumps
    /// @throws IllegalArgumentException if the place is not in an input topic
    synchronized Outcome outcome(Coordinates coordinates, long now) {
        int topic = READ.indexOf(input(coordinates)
                .orElseThrow(() -> new IllegalArgumentException("The topic %s is no input: accepted are %s."
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

    /// The input topics of which it has to be asked now where they end; [#ends] takes the answers.
    synchronized List<String> due(long now) {
        return missing.due(now);
    }

    /// Takes where the partitions of an input end, open transactions included; none if there is no such topic.
    ///
    /// @param sent when it was asked
    synchronized void ends(String topic, Map<Integer, Long> byPartition, long sent) {
        missing.answered(topic, byPartition, sent);
    }

    private Optional<Topic> input(Coordinates coordinates) {
        return topics.topic(coordinates.topic()).filter(topic -> topic.direction() == Direction.IN);
    }
}
