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

/// What the reading thread publishes to other threads. Only that thread writes.
final class ReplicaProgress {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaProgress.class);

    private volatile ReplicaStatus status =
            new ReplicaStatus(Phase.WAITING, "The replica has not reached Kafka yet.", 0, Optional.empty(), 0);
    private volatile ClusterProgress clusterProgress = ClusterProgress.NONE.but(status.message());
    private long records;

    ReplicaStatus status() {
        return status;
    }

    ClusterProgress clusterProgress(Instant now) {
        return clusterProgress.at(now);
    }

    void count(int more) {
        records += more;
    }

    /// The cluster does not respond as expected. A replica that was ready stays ready.
    void waiting(String sentence) {
        stopped(status.ready() ? Phase.READY : Phase.WAITING, sentence);
    }

    void failed(String sentence) {
        stopped(Phase.FAILED, sentence);
    }

    private void stopped(Phase phase, String sentence) {
        publish(new ReplicaStatus(phase, sentence, status.lag(), status.completeAt(), records));
        clusterProgress = clusterProgress.but(sentence);
    }

    /// The replica reads.
    ///
    /// @param gaps what is not fully known
    /// @param decided how far the processor has decided its inputs, by partition
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
            case CATCHING_UP -> "The replica is reading what was committed while it was not running.";
            case WAITING, READY, FAILED -> "The replica follows.";
        };
        if (phase == Phase.CATCHING_UP) {
            all.addFirst(ClusterProgress.Gap.ofAll(sentence));
        }
        String message = gaps.isEmpty() ? sentence : gaps.getFirst().sentence();
        publish(new ReplicaStatus(phase, message, lag, completeAt(database), records));
        clusterProgress = new ClusterProgress(ends, all, decided, Instant.EPOCH);
    }

    private static Optional<Instant> completeAt(ReplicaDatabase database) {
        return Optional.of(database.completion()).filter(Meta.Completion::ever).map(Meta.Completion::at);
    }

    private void publish(ReplicaStatus next) {
        if (next.phase() != status.phase() || !next.message().equals(status.message())) {
            LOG.atLevel(next.phase() == Phase.FAILED ? Level.ERROR : Level.INFO)
                    .log("Replica {}: {}", next.phase(), next.message());
        }
        status = next;
    }
}
