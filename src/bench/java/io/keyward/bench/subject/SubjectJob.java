package io.keyward.bench.subject;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/// The work of a subject, as a file describes it.
///
/// @param group the consumer group whose committed offsets show the subject's progress
/// @param names the topics that it reads and writes
/// @param folder the folder for its files
/// @param onDisk whether to keep its state in RocksDB, if the subject supports both
public record SubjectJob(
        String bootstrapServers, String registryUrl, String group, TopicNames names, Path folder, boolean onDisk) {
    /// The header with the time when an event was due, for latency measurements. Every subject copies it to the
    /// outputs that the event causes.
    public static final String SENT = "bench-sent";

    /// The commit interval of every subject in milliseconds, unless its description has another one.
    public static final int COMMIT_MILLIS = 100;

    /// Reads the file that a subject gets as its first argument.
    public static SubjectJob read(String... arguments) {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            file.load(reader);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new SubjectJob(
                file.getProperty("bootstrap"),
                file.getProperty("registry"),
                file.getProperty("group"),
                new TopicNames(file.getProperty("prefix")),
                Path.of(file.getProperty("folder")),
                Boolean.parseBoolean(file.getProperty("on-disk")));
    }

    /// Writes the file that [#read] reads.
    public Path write(Path to) {
        Properties file = new Properties();
        file.setProperty("bootstrap", bootstrapServers);
        file.setProperty("registry", registryUrl);
        file.setProperty("group", group);
        file.setProperty("prefix", names.prefix());
        file.setProperty("folder", folder.toString());
        file.setProperty("on-disk", Boolean.toString(onDisk));
        try (Writer writer = Files.newBufferedWriter(to)) {
            file.store(writer, null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return to;
    }

    public List<String> inputs() {
        return names.inputs();
    }

    /// The name of a topic that belongs to the subject alone.
    public String ownTopic(String name) {
        return names.prefix() + "own-" + name;
    }

    public String name(Topic topic) {
        return names.name(topic);
    }
}
