package io.keyward.bench.measure;

import io.keyward.bench.subject.HandWritten;
import io.keyward.bench.subject.Job;
import io.keyward.bench.subject.Partitions;
import io.keyward.bench.subject.WriteProfile;
import io.keyward.topology.Topic;
import io.keyward.topology.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/// Where subjects are started and cleaned up after, one at a time, on topics with one prefix.
final class Stage {
    private final Ground ground;
    private final ClassPaths classPaths;
    private final Path folder;
    private final TopicNames names;
    private final int heap;

    /// @param heap how many MiB the heap of a subject may take
    Stage(Ground ground, ClassPaths classPaths, Path folder, TopicNames names, int heap) {
        this.ground = ground;
        this.classPaths = classPaths;
        this.folder = Folders.make(folder);
        this.names = names;
        this.heap = heap;
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

    /// Starts a subject from nothing: no outputs, no state, no committed offsets.
    ///
    /// @param profile what the matched passthrough is to write; others need none
    Contender enter(Subject subject, String group, Optional<WriteProfile> profile) {
        clear();
        ground.create(
                names,
                Arrays.stream(Topic.values())
                        .filter(topic -> topic.direction() != Topic.Direction.IN)
                        .toList());
        Job job = new Job(
                ground.bootstrapServers(),
                ground.registryUrl(),
                group,
                names,
                Folders.make(folder.resolve("state")),
                subject.onDisk());
        prepare(subject, job, profile);
        return new Contender(ground, start(subject, job), group, Set.copyOf(names.inputs()));
    }

    /// Removes all but the inputs.
    void clear() {
        Set<String> inputs = Set.copyOf(names.inputs());
        ground.delete(topic -> !inputs.contains(topic) && isOurs(topic));
        Folders.delete(folder.resolve("state"));
    }

    /// The topics that a subject has written to.
    Set<String> written() {
        Set<String> inputs = Set.copyOf(names.inputs());
        return ground.topics(topic -> !inputs.contains(topic) && isOurs(topic));
    }

    /// A name for the group of a subject, under which its topics are known as well.
    String groupOf(Subject subject, int round) {
        return names.prefix() + subject.label() + "-" + round;
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

    private Jvm start(Subject subject, Job job) {
        Path log = folder.resolve(job.group() + ".log");
        List<String> arguments = subject.isProduct()
                ? List.of("run", "--config", configuration(subject, job).toString())
                : List.of(job.write(folder.resolve("job.properties")).toString());
        Jvm.Program program = new Jvm.Program(
                classPath(subject),
                subject.usesFlink() ? JavaOptions.ofFlink(heap) : JavaOptions.ofSubjects(heap),
                subject.main().getName(),
                arguments);
        return Jvm.start(subject.label(), program, log);
    }

    private String classPath(Subject subject) {
        if (subject.isProduct()) {
            return classPaths.product();
        }
        return subject.usesFlink() ? classPaths.flink() : classPaths.bench();
    }

    private Path configuration(Subject subject, Job job) {
        Properties settings = new Properties();
        settings.setProperty("keyward.kafka.bootstrap.servers", job.bootstrapServers());
        settings.setProperty("keyward.registry.url", job.registryUrl());
        settings.setProperty("keyward.application.id", job.group());
        settings.setProperty("keyward.topics.prefix", names.prefix());
        settings.setProperty("keyward.topics.partitions", Integer.toString(Partitions.COUNT));
        settings.setProperty("keyward.state.dir", job.folder().toString());
        settings.setProperty("keyward.state.store", subject.onDisk() ? "rocksdb" : "memory");
        settings.setProperty("keyward.http.port", "0");
        Path file = folder.resolve("keyward.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return file;
    }
}
