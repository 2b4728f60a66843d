package io.keyward.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The machine of a run, and its load before the run.
record Machine(String processor, int cores, long memoryBytes, String system, String java, double loadBefore) {
    static Machine current() {
        return new Machine(
                first("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vendor") + " " + Runtime.version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /// One line for a table.
    List<String> describe() {
        return List.of(
                "%s, %d cores, %.0f GiB".formatted(processor, cores, memoryBytes / (double) (1L << 30)),
                system,
                java,
                "load average at the start %.1f".formatted(loadBefore));
    }

    /// Whether other processes used so much CPU that the results are unreliable.
    boolean wasBusy() {
        return loadBefore > cores / 2.0;
    }

    private static long memory() {
        String kibibytes = first("/proc/meminfo", "MemTotal").replaceAll("\\D", "");
        return kibibytes.isEmpty() ? 0 : Long.parseLong(kibibytes) * 1024;
    }

    private static String first(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException notLinux) {
            return "";
        }
    }
}
