package io.keyward.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.testing.process.Patience;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The program kcat as a producer: librdkafka with its own default partitioner, CRC32 of the key, or any partition for
/// a record without one.
public final class Kcat {
    private final Path folder;
    private final String bootstrapServers;

    public Kcat(Path folder, String bootstrapServers) {
        this.folder = folder;
        this.bootstrapServers = bootstrapServers;
    }

    /// Whether this machine has the program.
    public static boolean isInstalled() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry, "kcat"))
                .anyMatch(Files::isExecutable);
    }

    /// Sends each value as a record of its own, and returns once all are acknowledged.
    public void send(String topic, Optional<String> key, List<byte[]> values) {
        List<String> command = new ArrayList<>(List.of("kcat", "-P", "-b", bootstrapServers, "-t", topic));
        key.ifPresent(k -> command.addAll(List.of("-k", k)));
        try {
            for (byte[] value : values) {
                command.add(Files.write(Files.createTempFile(folder, "record-", ".avro"), value)
                        .toString());
            }
            Path output = Files.createTempFile(folder, "kcat-", ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended && process.exitValue() == 0)
                    .as("kcat: %s", Files.readString(output))
                    .isTrue();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
