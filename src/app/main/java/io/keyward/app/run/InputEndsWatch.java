package io.keyward.app.run;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.ClusterException;
import io.keyward.config.KeywardConfig;
import io.keyward.topology.InputEnds;
import io.keyward.topology.store.PeriodicTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks every second where the inputs of the instance's partitions end, open transactions included (R33).
record InputEndsWatch(ClusterAnswers cluster, TopicNames names, InputEnds ends, SteadyTime time) {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final List<Topic> TOPICS = Topic.readByTheProcessor();
    private static final Logger LOG = LoggerFactory.getLogger(InputEndsWatch.class);

    /// Starts to ask.
    ///
    /// @param clock of this machine
    /// @return ends it
    static AutoCloseable start(KeywardConfig config, InputEnds ends, InstantSource clock) {
        InputEndsWatch watch = new InputEndsWatch(
                ClusterAnswers.silently(config.kafka()),
                config.topics().names(),
                ends,
                new SteadyTime(clock, System::nanoTime));
        PeriodicTask task = new PeriodicTask("keyward-input-ends", PERIOD, watch::ask);
        task.start();
        return () -> {
            task.stop();
            watch.cluster().close();
            task.close();
        };
    }

    /// Without an answer nothing more is known to be decided, which a metric shows.
    private void ask() {
        Set<Integer> assigned = ends.partitions();
        List<TopicPartition> partitions = assigned.stream()
                .flatMap(partition -> TOPICS.stream().map(topic -> of(topic, partition)))
                .toList();
        try {
            Instant now = time.now(() -> stamped(partitions));
            Map<TopicPartition, Long> last = cluster.written(partitions);
            Map<TopicPartition, Long> first = cluster.offsets(partitions, OffsetSpec.earliest());
            for (int partition : assigned) {
                Map<Topic, Long> next = new EnumMap<>(Topic.class);
                for (Topic topic : TOPICS) {
                    long end = last.get(of(topic, partition));
                    next.put(topic, end > first.get(of(topic, partition)) ? end : 0);
                }
                ends.add(partition, now, next);
            }
        } catch (ClusterException noAnswer) {
            LOG.debug("The ends of the inputs are not known: {}", noAnswer.getMessage());
        }
    }

    /// The latest time that a broker has put on an input. On `rerouted` the time is a client's.
    private Instant stamped(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest = partitions.stream()
                .filter(partition -> !partition.topic().equals(names.name(Topic.REROUTED)))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.maxTimestamp()));
        return cluster
                .get(cluster.admin().listOffsets(latest).all(), "The inputs cannot be read", AclOperation.DESCRIBE)
                .values()
                .stream()
                .map(newest -> Instant.ofEpochMilli(newest.timestamp()))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private TopicPartition of(Topic topic, int partition) {
        return new TopicPartition(names.name(topic), partition);
    }
}
