package io.keyward.app.start;

import io.keyward.client.Topic;
import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.SetupFinding;
import io.keyward.config.KeywardConfig;
import io.keyward.topology.KeywardTopology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.acl.AclOperation;

/// The first start of an application. It is safe if the inputs are complete and nothing has been published from
/// them; otherwise the user must ask for it.
///
/// @param hasState whether the changelogs of all its stores are there
record FirstStart(ClusterAnswers answers, KeywardConfig config, ReadOffsets positions, boolean hasState) {
    private static final String CHANGELOG = "-" + KeywardTopology.stores().getFirst() + "-changelog";
    private static final String START_ANEW = "bin/keyward run --start-anew";

    /// Whether the application starts for the first time: it has read nothing that it would not read again. With
    /// changelogs, and with offsets at the beginning of the inputs, it resumes, as after `--start-anew`.
    boolean isFirst() {
        return !positions.hasRead() && (!hasState || positions.committed().isEmpty());
    }

    /// What a first start would lose, if anything.
    Optional<SetupFinding> finding() {
        List<String> signs = new ArrayList<>();
        if (!hasState && !published().isEmpty()) {
            signs.add("%s already hold outputs".formatted(String.join(", ", published())));
        }
        positions
                .trimmed()
                .forEach((topic, offset) -> signs.add(
                        "%s begins at offset %d, because its first records were deleted".formatted(topic, offset)));
        return signs.isEmpty()
                ? Optional.empty()
                : Optional.of(new StartFinding(hasState ? offsetsLost(signs) : inputsIncomplete(signs), START_ANEW));
    }

    /// Commits where the inputs begin now as the offsets of the group, so that every later start resumes from
    /// there.
    ///
    /// @return why this was not done, if the application has begun already
    Optional<String> commitBeginnings() {
        if (!isFirst()) {
            return Optional.of(
                    "--start-anew has no effect: the group %s has committed offsets and continues from them. Leave the option out, so that a later start from incomplete inputs is refused. topology/CHANGES.md says how to read everything again."
                            .formatted(config.applicationId()));
        }
        // It does nothing if another instance with the same option has started in the meantime.
        answers.commit(config.applicationId(), positions.beginnings());
        return Optional.empty();
    }

    private String inputsIncomplete(Collection<String> signs) {
        return "The group %s has read nothing yet, but the cluster is not new: %s. A start would decide everything again from the records that are left in the inputs. Revisions would begin again at 1. Revocations that were deleted from the inputs would be unknown: an environment whose key is revoked could be published as CUSTOMER_MANAGED. Check that keyward.application.id = %s is right.%s If the id is right, send the deleted revocations again, and decide everything again with this command:"
                .formatted(config.applicationId(), String.join("; ", signs), config.applicationId(), others());
    }

    private String offsetsLost(Collection<String> signs) {
        return "The group %s has lost its committed offsets, but its changelogs exist: %s. Brokers delete the offsets of a group that has been stopped for offsets.retention.minutes. A start would read the records that are left in the inputs again, which changes nothing. Events that were deleted before they were read would stay unknown, and revocations may be among them. If no such event was deleted, or all of them are sent again, start with this command:"
                .formatted(config.applicationId(), String.join("; ", signs));
    }

    /// The outputs that hold records, or have held some.
    private List<String> published() {
        List<String> outputs = config.topics().names().names(Topic.withSchema(Topic.Direction.OUT));
        return answers.offsets(answers.partitions(outputs), OffsetSpec.latest()).entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .map(end -> end.getKey().topic())
                .distinct()
                .sorted()
                .toList();
    }

    /// The application ids that have state on the cluster, as far as this user may see it.
    private String others() {
        String ids = answers
                .get(answers.admin().listTopics().names(), "The topics cannot be listed", AclOperation.DESCRIBE)
                .stream()
                .filter(topic -> topic.endsWith(CHANGELOG))
                .map(topic -> topic.substring(0, topic.length() - CHANGELOG.length()))
                .sorted()
                .collect(Collectors.joining(", "));
        return ids.isEmpty() ? "" : " Applications with state on this cluster: %s.".formatted(ids);
    }
}
