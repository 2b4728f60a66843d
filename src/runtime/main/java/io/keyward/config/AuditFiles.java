package io.keyward.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads the files of [IntakeSettings#AUDIT_DIR], one for each Event Hub. Names that begin with a dot are
/// left out, as Kubernetes uses them for its own purposes.
public final class AuditFiles {
    private static final String SUFFIX = ".properties";
    private static final String ACCEPTED =
            "accepted are files NAME.properties, one for each Event Hub, with tenant, topic, bootstrap.servers and other settings of Kafka's consumer";

    private final List<String> problems = new ArrayList<>();
    private final Map<String, Path> hubs = new HashMap<>();

    private AuditFiles() {}

    /// The Event Hubs, in the order of their files' names; none if no folder is set.
    ///
    /// @throws ConfigurationException that names every file and key at fault, and what is accepted
    public static List<AuditSource> read(KeywardConfig config) {
        return config.find(IntakeSettings.AUDIT_DIR)
                .map(dir -> new AuditFiles().all(dir))
                .orElse(List.of());
    }

    private List<AuditSource> all(Path dir) {
        List<AuditSource> sources =
                files(dir).stream().flatMap(file -> source(file).stream()).toList();
        ConfigurationException.throwIfAny(problems);
        return sources;
    }

    private List<Path> files(Path dir) {
        try (Stream<Path> found = Files.list(dir)) {
            List<Path> files = found.filter(
                            file -> !file.getFileName().toString().startsWith(".") && !Files.isDirectory(file))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                problems.add("%s = %s: it holds no file; %s.".formatted(IntakeSettings.AUDIT_DIR.key(), dir, ACCEPTED));
            }
            return files;
        } catch (IOException failure) {
            problems.add("%s = %s: it cannot be read (%s); accepted is %s."
                    .formatted(IntakeSettings.AUDIT_DIR.key(), dir, failure, IntakeSettings.AUDIT_DIR.accepted()));
            return List.of();
        }
    }

    private Optional<AuditSource> source(Path file) {
        if (!file.getFileName().toString().endsWith(SUFFIX)) {
            problems.add("%s: its name does not end in %s; %s.".formatted(file, SUFFIX, ACCEPTED));
            return Optional.empty();
        }
        try {
            AuditFile read = new AuditFile(file, PropertiesFile.read(file));
            problems.addAll(read.problems());
            return read.source().filter(source -> isAlone(source, file));
        } catch (IOException | IllegalArgumentException failure) {
            // What is not a properties file is not shown.
            problems.add("%s: it cannot be read (%s); %s."
                    .formatted(file, failure.getClass().getSimpleName(), ACCEPTED));
            return Optional.empty();
        }
    }

    /// One Event Hub holds the logs of one tenant, and one consumer of this process reads it.
    private boolean isAlone(AuditSource source, Path file) {
        String hub = source.topic() + " at " + source.consumerSettings().get(KeywardConfig.BOOTSTRAP_SERVERS);
        Optional<Path> other = Optional.ofNullable(hubs.putIfAbsent(hub, file));
        other.ifPresent(
                path -> problems.add("%s: %s names the same Event Hub, %s; accepted is one file for each Event Hub."
                        .formatted(file, path.getFileName(), hub)));
        return other.isEmpty();
    }
}
