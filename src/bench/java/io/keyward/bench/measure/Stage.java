package io.keyward.bench.measure;

import io.keyward.bench.subject.HandWritten;
import io.keyward.bench.subject.Job;
import io.keyward.bench.subject.WriteProfile;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Folders;
import io.keyward.testing.process.Readiness;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicNames;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where subjects are started and cleaned up after, one at a time, on topics with one prefix.
final class Stage {
    private final Ground ground;
    private final Path folder;
    private final TopicNames names;
    private final Launcher launcher;

    Stage(Ground ground, Launcher launcher, TopicNames names) {
        this.ground = ground;
        this.launcher = launcher;
        this.names = names;
        folder = launcher.folder();
    }

    TopicNames names() {
        return names;
    }

    Ground ground() {
        return ground;
    }

    /// Makes the topics of the inputs.
    void open() {
        ground.create(names, Topic.inputs());
    }

    /// The same where an earlier subject may have left some.
    void reopen() {
        removeInputs();
        open();
    }

    Readiness readiness() {
        return launcher.readiness();
    }

    /// Returns once the product says that it is ready; of others nobody can tell.
    void awaitReady(Subject subject, Contender contender) {
        if (subject.isProduct()) {
            contender.awaitReady(launcher.readiness());
        }
    }

    /// Starts a subject from nothing: no outputs, no state, no committed offsets.
    ///
    /// @param profile what the matched passthrough is to write; others need none
    Contender enter(Entrant entrant, String group, Optional<WriteProfile> profile) {
        clear();
        ground.create(
                names,
                Arrays.stream(Topic.values())
                        .filter(topic -> topic.direction() != Topic.Direction.IN)
                        .toList());
        Job job = job(entrant.subject(), group);
        prepare(entrant.subject(), job, profile);
        return start(entrant, job);
    }

    /// Starts another instance of a subject that has entered on a stage with the same topics.
    Contender join(Entrant entrant, String group) {
        return start(entrant, job(entrant.subject(), group));
    }

    private Contender start(Entrant entrant, Job job) {
        return new Contender(ground, launcher.start(entrant, job), job.group(), Set.copyOf(names.inputs()));
    }

    /// Starts a subject where it has stopped.
    ChildJvm startAgain(Entrant entrant, String group) {
        return launcher.start(entrant, job(entrant.subject(), group));
    }

    /// Deletes what a subject keeps on disk.
    void forgetState() {
        Folders.delete(state());
    }

    /// What a subject keeps on disk, in bytes.
    long stateSize() {
        return Folders.size(state());
    }

    private Job job(Subject subject, String group) {
        return new Job(
                ground.bootstrapServers(), ground.registryUrl(), group, names, Folders.make(state()), subject.onDisk());
    }

    private Path state() {
        return folder.resolve("state");
    }

    /// Removes all but the inputs.
    void clear() {
        Set<String> inputs = Set.copyOf(names.inputs());
        ground.delete(topic -> !inputs.contains(topic) && isOurs(topic));
        forgetState();
    }

    void removeInputs() {
        ground.delete(this::isOurs);
    }

    /// The topics that a subject has written to.
    Set<String> written() {
        Set<String> inputs = Set.copyOf(names.inputs());
        return ground.topics(topic -> !inputs.contains(topic) && isOurs(topic));
    }

    /// A name for the group of a subject, under which its topics are known as well.
    String groupOf(Entrant entrant, int round) {
        return names.prefix() + entrant.label() + "-" + round;
    }

    private boolean isOurs(String topic) {
        return topic.startsWith(names.prefix());
    }

    private void prepare(Subject subject, Job job, Optional<WriteProfile> profile) {
        switch (subject) {
            case HAND_WRITTEN -> ground.createCompacted(List.of(job.ownTopic(HandWritten.CHANGELOG)));
            case MATCHED_PASSTHROUGH -> {
                WriteProfile known = profile.orElseThrow();
                known.write(job.folder().resolve(WriteProfile.FILE));
                ground.createCompacted(known.flows().stream()
                        .map(flow -> job.ownTopic(flow.topic()))
                        .toList());
            }
            default -> {}
        }
    }
}
