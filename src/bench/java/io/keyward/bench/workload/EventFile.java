package io.keyward.bench.workload;

import io.keyward.topology.contract.EventLine;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a workload as a file of event lines, which `publish` sends. Its events lie in the future, so `publish`
/// and the processor need `keyward.rules.max-future`.
public final class EventFile {
    private EventFile() {}

    /// Creates or overwrites the file, and the folders above it.
    public static void write(WorkloadSize workloadSize, Path file) {
        Workload workload = new Workload(workloadSize);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (BufferedWriter lines = Files.newBufferedWriter(file)) {
                while (workload.hasNext()) {
                    lines.write(EventLine.write(workload.next(), "").toString());
                    lines.newLine();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
