package io.keyward.app.run;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.ClusterException;
import io.keyward.config.KeywardConfig;
import io.keyward.topology.TaskProgress;
import io.keyward.topology.store.PeriodicTask;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks every second where the inputs of the instance's partitions end, open transactions included (R33).
record InputEndsWatch(ClusterAnswers cluster, TopicNames names, TaskProgress progress) {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final List<Topic> TOPICS = Topic.readByTheProcessor();
    private static final Logger LOG = LoggerFactory.getLogger(InputEndsWatch.class);

    /// Starts to ask.
    ///
    /// @return ends it
    static AutoCloseable start(KeywardConfig config, TaskProgress progress) {
        InputEndsWatch watch = new InputEndsWatch(
                ClusterAnswers.silently(config.kafka()), config.topics().names(), progress);
        PeriodicTask task = new PeriodicTask("keyward-input-ends", PERIOD, watch::ask);
        task.start();
        return () -> {
            task.stop();
            watch.cluster().close();
            task.close();
        };
    }

    /// Without an answer nothing more is known to be decided, which a metric shows. Nor before a broker has said its
    /// time.
    private void ask() {
        Map<Integer, Instant> askedAt = new HashMap<>();
        progress.ends()
                .partitions()
                .forEach(partition -> progress.time().now(partition).ifPresent(now -> askedAt.put(partition, now)));
        List<TopicPartition> partitions = askedAt.keySet().stream()
                .flatMap(partition -> TOPICS.stream().map(topic -> of(topic, partition)))
                .toList();
        try {
            Map<TopicPartition, Long> last = cluster.written(partitions);
            Map<TopicPartition, Long> first = cluster.offsets(partitions, OffsetSpec.earliest());
            askedAt.forEach((partition, now) -> {
                Map<Topic, Long> next = new EnumMap<>(Topic.class);
                for (Topic topic : TOPICS) {
                    long end = last.get(of(topic, partition));
                    next.put(topic, end > first.get(of(topic, partition)) ? end : 0);
                }
                progress.ends().add(partition, now, next);
            });
        } catch (ClusterException noAnswer) {
            LOG.debug("The ends of the inputs are not known: {}", noAnswer.getMessage());
        }
    }

    private TopicPartition of(Topic topic, int partition) {
        return new TopicPartition(names.name(topic), partition);
    }
}
