package io.keyward.app.start;

import io.keyward.client.Topic;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.KeywardConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// Makes an application read its inputs again. Facts merge in any order, so a record that is read twice changes
/// nothing.
public record ReadAgain(KeywardConfig config) {
    /// Sets the offsets of the application to the first records of that time or later. `rerouted` is read from its
    /// beginning: its records have older times than the moment at which they were written.
    ///
    /// @param partitions of each input
    /// @return how many records will be read; empty if an instance runs, and nothing was set
    public OptionalLong from(Instant since, Collection<Integer> partitions) {
        try (ClusterAnswers answers = ClusterAnswers.connect(config)) {
            Map<TopicPartition, Long> ends =
                    answers.offsets(partitions(Topic.readByTheProcessor(), partitions), OffsetSpec.latest());
            List<Topic> byTime = Topic.readByTheProcessor().stream()
                    .filter(topic -> topic != Topic.REROUTED)
                    .toList();
            Map<TopicPartition, Long> starts = new HashMap<>(
                    answers.offsets(partitions(byTime, partitions), OffsetSpec.forTimestamp(since.toEpochMilli())));
            starts.putAll(answers.offsets(partitions(List.of(Topic.REROUTED), partitions), OffsetSpec.earliest()));
            starts.replaceAll((partition, start) -> start < 0 ? ends.get(partition) : start);
            return answers.commit(config.applicationId(), starts)
                    ? OptionalLong.of(ends.entrySet().stream()
                            .mapToLong(end -> Math.max(0, end.getValue() - starts.get(end.getKey())))
                            .sum())
                    : OptionalLong.empty();
        }
    }

    /// Checks that there is state to recover.
    ///
    /// @throws CommandFailedException if a changelog is missing
    public void requireChangelogs() {
        try (ClusterAnswers answers = ClusterAnswers.connect(config)) {
            requireChangelogs(answers);
        }
    }

    private void requireChangelogs(ClusterAnswers answers) {
        List<String> missing = new ArrayList<>(config.requiredChangelogs());
        missing.removeAll(answers.topics(missing).keySet());
        if (!missing.isEmpty()) {
            throw new CommandFailedException(
                    "There is no state to recover: %s is missing. Restore the changelogs first, or decide everything again from what is left of the inputs: bin/keyward run --start-anew"
                            .formatted(String.join(", ", missing)));
        }
    }

    private List<TopicPartition> partitions(List<Topic> topics, Collection<Integer> partitions) {
        return config.topics().names().names(topics).stream()
                .flatMap(topic -> partitions.stream().map(partition -> new TopicPartition(topic, partition)))
                .toList();
    }
}
