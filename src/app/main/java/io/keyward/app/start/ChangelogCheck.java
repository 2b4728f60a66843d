package io.keyward.app.start;

import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.SetupFinding;
import io.keyward.cluster.TopicFinding;
import io.keyward.config.KeywardConfig;
import io.keyward.topology.RecordLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/// Checks what earlier instances of the same application left on the cluster: their offsets and their stores'
/// changelogs. Resuming from an incomplete part would silently forget facts.
record ChangelogCheck(ClusterAnswers answers, KeywardConfig config) {
    private static final Map<String, String> NEEDED_SETTINGS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(RecordLimits.MIN_TOPIC_BYTES));

    /// Every difference from what earlier instances left, or from what is required.
    ///
    /// @param partitions the count that all inputs share
    /// @param startAnew whether a first start from incomplete inputs is allowed
    List<SetupFinding> findings(int partitions, boolean startAnew) {
        ReadOffsets positions = ReadOffsets.fetch(answers, config, partitions);
        Map<String, TopicDescription> changelogs = answers.topics(config.changelogs());
        List<SetupFinding> findings = new ArrayList<>();
        FirstStart firstStart = firstStart(positions, changelogs);
        if (positions.hasRead()) {
            missing(changelogs).forEach(findings::add);
        }
        if (!firstStart.isFirst()) {
            positions.unread().forEach((partition, records) -> findings.add(unread(partition, records)));
        } else if (!startAnew) {
            firstStart.finding().ifPresent(findings::add);
        }
        changelogs
                .values()
                .forEach(changelog -> partitions(changelog, partitions).ifPresent(findings::add));
        answers.settings(changelogs.keySet())
                .forEach((topic, settings) -> TopicFinding.ofSettings(
                                answers.bootstrapServers(), topic, NEEDED_SETTINGS, settings)
                        .forEach(findings::add));
        return findings;
    }

    /// Allows a first start from incomplete inputs.
    ///
    /// @param partitions the count that all inputs share
    /// @return why there was nothing to do, if so
    Optional<String> startAnew(int partitions) {
        return firstStart(ReadOffsets.fetch(answers, config, partitions), answers.topics(config.changelogs()))
                .commitBeginnings();
    }

    private FirstStart firstStart(ReadOffsets positions, Map<String, TopicDescription> changelogs) {
        return new FirstStart(answers, config, positions, changelogs.keySet().containsAll(config.requiredChangelogs()));
    }

    private Stream<SetupFinding> missing(Map<String, TopicDescription> changelogs) {
        return config.requiredChangelogs().stream()
                .filter(name -> !changelogs.containsKey(name))
                .map(name -> new StartFinding(
                        "Topic %s is missing, although the inputs have been read: its facts would be lost. Stop all instances, empty their state folders, run this command to read the inputs again from their beginning, and start with --start-anew."
                                .formatted(name),
                        resetToEarliest("--all-topics")));
    }

    /// Records that retention deleted before they were read. Kafka Streams would silently continue with the next
    /// one.
    private SetupFinding unread(TopicPartition partition, long records) {
        return new StartFinding(
                "%d records of %s were deleted before they were read: their events are lost unless they are sent again. The command skips them."
                        .formatted(records, partition),
                resetToEarliest("--topic " + partition.topic() + ":" + partition.partition()));
    }

    private String resetToEarliest(String what) {
        return "kafka-consumer-groups.sh --bootstrap-server %s --group %s %s --reset-offsets --to-earliest --execute"
                .formatted(answers.bootstrapServers(), config.applicationId(), what);
    }

    private Optional<SetupFinding> partitions(TopicDescription changelog, int expected) {
        int found = changelog.partitions().size();
        return found == expected
                ? Optional.empty()
                : Optional.of(new StartFinding(
                        "Topic %s has %d partitions and the inputs have %d: tenants are now on other partitions than their facts. Move the facts to the new partitions with this command; docs/operations.md describes it."
                                .formatted(changelog.name(), found, expected),
                        "bin/keyward reshard run --partitions " + expected));
    }
}
