package io.keyward.cluster;

import io.keyward.config.Generation;
import io.keyward.config.KeywardConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;

/// Finds the current generation of an application on the cluster. A configuration names the application; the
/// consumer group and the changelogs belong to a generation.
public final class Generations {
    private Generations() {}

    /// The configuration for the generation that may run now.
    ///
    /// @throws CommandFailedException if a move is unfinished, or the user may not read the generation topic
    /// @throws ClusterException if the cluster does not answer
    public static KeywardConfig forRun(KeywardConfig config) {
        Optional<Generation> last = last(ClusterAnswers.connect(config), config);
        last.filter(generation -> generation.state() == Generation.State.MOVING).ifPresent(moving -> {
            throw new CommandFailedException(
                    "The move of %s from %d to %d partitions, started at %s, is not finished, so neither generation may run. Finish it: bin/keyward reshard run --partitions %d (with the same --config or --port-base, if one was given)"
                            .formatted(
                                    config.applicationId(),
                                    moving.from(),
                                    moving.partitions(),
                                    moving.startedAt(),
                                    moving.partitions()));
        });
        return in(last, config);
    }

    /// The configuration for the generation whose state is complete now: during a move, the old one.
    ///
    /// @throws CommandFailedException if the user may not read the generation topic
    /// @throws ClusterException if the cluster does not answer
    public static KeywardConfig complete(KeywardConfig config) {
        return in(last(ClusterAnswers.silently(config.kafka()), config), config);
    }

    /// Like [#complete]; the first generation if the user may not read the generation topic.
    ///
    /// @throws ClusterException if the cluster does not answer
    public static KeywardConfig ifVisible(KeywardConfig config) {
        try {
            return complete(config);
        } catch (CommandFailedException hidden) {
            return config;
        }
    }

    private static KeywardConfig in(Optional<Generation> last, KeywardConfig config) {
        return config.inGeneration(last.map(Generation::complete).orElse(1));
    }

    private static Optional<Generation> last(ClusterAnswers cluster, KeywardConfig config) {
        GenerationTopic topic = GenerationTopic.of(config.applicationId());
        try (ClusterAnswers answers = cluster) {
            KafkaFuture<TopicDescription> described = answers.admin()
                    .describeTopics(List.of(topic.name()))
                    .topicNameValues()
                    .get(topic.name());
            if (answers.isDenied(described)) {
                throw denied(topic, answers);
            }
            return answers.topic(topic.name(), described).flatMap(_ -> read(topic, config, answers));
        }
    }

    private static Optional<Generation> read(GenerationTopic topic, KeywardConfig config, ClusterAnswers answers) {
        try {
            return topic.read(Map.copyOf(config.kafka().values()));
        } catch (AuthorizationException refused) {
            throw denied(topic, answers);
        }
    }

    private static CommandFailedException denied(GenerationTopic topic, ClusterAnswers answers) {
        return new CommandFailedException(
                Denial.explain(List.of(Denial.onTopic(AclOperation.READ, topic.name())), answers.bootstrapServers()));
    }
}
