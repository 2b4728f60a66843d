package io.keyward.console.replica;

import io.keyward.client.DecidedUpTo;
import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.ClusterException;
import io.keyward.kafka.KafkaAnswers;
import io.keyward.topology.store.ProgressRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/// Up to when each partition is decided for the replica, from the progress that the processor stores (R33), and
/// how many events wait. For one thread.
final class ProcessorProgress {
    /// A working processor decides and reports within this time.
    private static final Duration LATE = Duration.ofSeconds(15);

    private final ClusterAnswers cluster;
    private final FollowedTopics topics;
    private final InstantSource clock;
    private final DecidedUpTo decided = new DecidedUpTo();
    private final Map<Integer, Position> positions = new HashMap<>();
    private int partitions;

    /// Where the inputs ended at an earlier refresh, if they are not decided up to there.
    private Optional<End> next = Optional.empty();

    /// By partition, how many events have waited since that refresh.
    private Map<Integer, Long> waiting = Map.of();

    /// An end of the followed topics that the replica has not reached yet, and what is decided once it does.
    private Optional<Unread> unread = Optional.empty();

    private Optional<ClusterProgress.Gap> trouble = Optional.empty();

    ProcessorProgress(ClusterAnswers cluster, FollowedTopics topics, InstantSource clock) {
        this.cluster = cluster;
        this.topics = topics;
        this.clock = clock;
    }

    /// Where the inputs end.
    ///
    /// @param at taken before the ends were queried
    private record End(Instant at, Map<TopicPartition, Long> offsets) {}

    private record Unread(DecidedUpTo.Claims claims, Map<TopicPartition, Long> ends) {}

    /// How far each partition is decided.
    List<Decided> decided() {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new Decided(
                        decided.of(partition).orElse(Instant.EPOCH),
                        waiting.getOrDefault(partition, 0L),
                        waiting.containsKey(partition) ? next.orElseThrow().at() : Instant.MAX))
                .toList();
    }

    /// Why the cluster could not be queried.
    Optional<ClusterProgress.Gap> trouble() {
        return trouble;
    }

    /// Reads a row of the store `tenants` with the progress of a partition.
    void readProgress(int partition, byte[] row) {
        ProgressRow progress = ProgressRow.read(row);
        positions.put(
                partition,
                Position.parse(progress.positions())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "This release does not know the format of the positions " + progress.positions())));
        // Changelog records have the processor's time, so this machine's time is used for the broker's. It is later.
        Instant now = clock.instant();
        decided.read(new DecidedUpTo.PartitionProgress(partition, partitions, progress.decidedUpTo(), now), now);
    }

    /// Queries the ends of the inputs.
    void refresh() {
        trouble = Optional.empty();
        try {
            End now = end();
            if (next.isEmpty() || left(next.get()).isEmpty()) {
                next = Optional.of(now);
                waiting = Map.of();
            } else if (next.get().at().plus(LATE).isBefore(now.at())) {
                waiting = left(now);
                waiting.keySet().retainAll(left(next.get()).keySet());
            }
        } catch (ClusterException failure) {
            trouble = Optional.of(ClusterProgress.Gap.ofAll("It is not known whether events wait for the processor: "
                    + Troubles.sentence(failure, cluster.bootstrapServers())));
        }
    }

    private End end() {
        Instant now = clock.instant();
        List<String> inputs = topics.inputs();
        Map<String, TopicDescription> found = cluster.topics(inputs);
        List<TopicPartition> all = new ArrayList<>();
        for (String input : inputs) {
            if (!found.containsKey(input)) {
                throw new ClusterException("the topic " + input + " does not exist.");
            }
            partitions = found.get(input).partitions().size();
            KafkaAnswers.partitions(input, partitions).forEach(all::add);
        }
        return new End(now, cluster.written(all));
    }

    /// How many offsets are left before the end, by partition; partitions that have reached it are left out.
    private Map<Integer, Long> left(End end) {
        Map<Integer, Long> left = new HashMap<>();
        end.offsets().forEach((input, offset) -> {
            Position at = positions.getOrDefault(input.partition(), Position.start(input.partition()));
            Topic topic = topics.names().topic(input.topic()).orElseThrow();
            if (at.next(topic) < offset) {
                left.merge(input.partition(), offset - at.next(topic), Long::sum);
            }
        });
        return left;
    }

    /// Sets the ends of the followed topics at the last refresh as those that must be read before
    /// earlier progress counts.
    ///
    /// @param queriedAt taken before these ends were queried
    void mustBeRead(Instant queriedAt, Map<TopicPartition, Long> written) {
        if (unread.isEmpty()) {
            unread = Optional.of(new Unread(decided.claims(queriedAt), written));
        }
    }

    /// Updates how far the replica has read.
    void read(Map<TopicPartition, Long> offsets) {
        unread.filter(now -> now.ends().entrySet().stream()
                        .allMatch(end -> offsets.getOrDefault(end.getKey(), 0L) >= end.getValue()))
                .ifPresent(now -> {
                    decided.confirm(now.claims());
                    unread = Optional.empty();
                });
    }
}
