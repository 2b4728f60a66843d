package io.keyward.bench.measure;

import io.keyward.bench.subject.HandWritten;
import io.keyward.bench.subject.SubjectJob;
import io.keyward.bench.subject.WriteProfile;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Folders;
import io.keyward.testing.process.Readiness;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Starts subjects one at a time on topics with one prefix, and cleans up after them.
final class SubjectRunner {
    private final BenchCluster cluster;
    private final Path folder;
    private final TopicNames names;
    private final Launcher launcher;

    SubjectRunner(BenchCluster cluster, Launcher launcher, TopicNames names) {
        this.cluster = cluster;
        this.launcher = launcher;
        this.names = names;
        folder = launcher.folder();
    }

    TopicNames names() {
        return names;
    }

    BenchCluster cluster() {
        return cluster;
    }

    void createInputs() {
        cluster.create(names, Topic.inputs());
    }

    /// Deletes the inputs of an earlier subject and creates them again.
    void recreateInputs() {
        deleteInputs();
        createInputs();
    }

    Readiness readiness() {
        return launcher.readiness();
    }

    /// Waits until the product is ready. Returns at once for other subjects, which have no readiness probe.
    void awaitReady(Subject subject, RunningSubject runningSubject) {
        if (subject.isProduct()) {
            runningSubject.awaitReady(launcher.readiness());
        }
    }

    /// Starts a subject without outputs, state or committed offsets.
    ///
    /// @param profile the records that the product has written; only subjects that repeat it need them
    RunningSubject start(SubjectVariant subjectVariant, String group, Optional<WriteProfile> profile) {
        deleteOutputs();
        cluster.create(
                names,
                Arrays.stream(Topic.values())
                        .filter(topic -> topic.direction() != Topic.Direction.IN)
                        .toList());
        SubjectJob job = job(subjectVariant.subject(), group);
        prepare(subjectVariant.subject(), job, profile);
        return start(subjectVariant, job);
    }

    /// Starts another instance of a running subject on the same topics.
    RunningSubject startAnother(SubjectVariant subjectVariant, String group) {
        return start(subjectVariant, job(subjectVariant.subject(), group));
    }

    private RunningSubject start(SubjectVariant subjectVariant, SubjectJob job) {
        return new RunningSubject(
                cluster, launcher.start(subjectVariant, job), job.group(), Set.copyOf(names.inputs()));
    }

    /// Starts a subject with the state of its last run.
    ChildJvm restart(SubjectVariant subjectVariant, String group) {
        return launcher.start(subjectVariant, job(subjectVariant.subject(), group));
    }

    /// Deletes the subject's files.
    void deleteState() {
        Folders.delete(state());
    }

    /// The size of the subject's files in bytes.
    long stateSize() {
        return Folders.size(state());
    }

    private SubjectJob job(Subject subject, String group) {
        return new SubjectJob(
                cluster.bootstrapServers(),
                cluster.registryUrl(),
                group,
                names,
                Folders.make(state()),
                subject.onDisk());
    }

    private Path state() {
        return folder.resolve("state");
    }

    /// Deletes the state and all topics except the inputs.
    void deleteOutputs() {
        Set<String> inputs = Set.copyOf(names.inputs());
        cluster.delete(topic -> !inputs.contains(topic) && hasPrefix(topic));
        deleteState();
    }

    void deleteInputs() {
        cluster.delete(this::hasPrefix);
    }

    /// The topics that a subject has written to.
    Set<String> written() {
        Set<String> inputs = Set.copyOf(names.inputs());
        return cluster.topics(topic -> !inputs.contains(topic) && hasPrefix(topic));
    }

    /// The consumer group of a subject. The names of its own topics start with it as well.
    String groupOf(SubjectVariant subjectVariant, int round) {
        return names.prefix() + subjectVariant.label() + "-" + round;
    }

    private boolean hasPrefix(String topic) {
        return topic.startsWith(names.prefix());
    }

    private void prepare(Subject subject, SubjectJob job, Optional<WriteProfile> profile) {
        switch (subject) {
            case HAND_WRITTEN -> cluster.createCompacted(List.of(job.ownTopic(HandWritten.CHANGELOG)));
            case MATCHED_PASSTHROUGH -> {
                WriteProfile known = profile.orElseThrow();
                known.write(job.folder().resolve(WriteProfile.FILE));
                cluster.createCompacted(known.flows().stream()
                        .map(flow -> job.ownTopic(flow.topic()))
                        .toList());
            }
            case MATCHED_STREAMS -> profile.orElseThrow().write(job.folder().resolve(WriteProfile.FILE));
            default -> {}
        }
    }
}
