package io.keyward.console.replica;

import io.keyward.console.replica.ReplicaStatus.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// What the thread that reads lets others know. It alone writes.
final class ReplicaProgress {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaProgress.class);

    private volatile ReplicaStatus status =
            new ReplicaStatus(Phase.WAITING, "The replica has not reached Kafka yet.", 0, Optional.empty(), 0);
    private volatile ClusterProgress reach = ClusterProgress.NONE.but(status.message());
    private long records;

    ReplicaStatus status() {
        return status;
    }

    ClusterProgress reach(Instant now) {
        return reach.at(now);
    }

    void count(int more) {
        records += more;
    }

    /// The cluster does not answer as it should. What was ready stays so.
    void waiting(String sentence) {
        stopped(status.ready() ? Phase.READY : Phase.WAITING, sentence);
    }

    void failed(String sentence) {
        stopped(Phase.FAILED, sentence);
    }

    private void stopped(Phase phase, String sentence) {
        say(new ReplicaStatus(phase, sentence, status.lag(), status.completeAt(), records));
        reach = reach.but(sentence);
    }

    /// It reads.
    ///
    /// @param gaps what answers do not know
    /// @param decided what else they may not know
    void reading(
            Phase phase,
            ReplicaDatabase database,
            Map<TopicPartition, Long> ends,
            List<ClusterProgress.Gap> gaps,
            List<Decided> decided) {
        Map<TopicPartition, Long> positions = database.positions();
        long lag = ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - positions.getOrDefault(end.getKey(), 0L)))
                .sum();
        List<ClusterProgress.Gap> all = new ArrayList<>(gaps);
        String sentence = switch (phase) {
            case BUILDING -> StalenessCalculator.BEING_BUILT;
            case CATCHING_UP -> "The replica reads what was committed while it was away.";
            case WAITING, READY, FAILED -> "The replica follows.";
        };
        if (phase == Phase.CATCHING_UP) {
            all.addFirst(ClusterProgress.Gap.ofAll(sentence));
        }
        String message = gaps.isEmpty() ? sentence : gaps.getFirst().sentence();
        say(new ReplicaStatus(phase, message, lag, completeAt(database), records));
        reach = new ClusterProgress(ends, all, decided, Instant.EPOCH);
    }

    private static Optional<Instant> completeAt(ReplicaDatabase database) {
        return Optional.of(database.completion()).filter(Meta.Completion::ever).map(Meta.Completion::at);
    }

    private void say(ReplicaStatus next) {
        if (next.phase() != status.phase() || !next.message().equals(status.message())) {
            LOG.atLevel(next.phase() == Phase.FAILED ? Level.ERROR : Level.INFO)
                    .log("Replica {}: {}", next.phase(), next.message());
        }
        status = next;
    }
}
