package io.keyward.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a load needs, computed from what docs/performance.md and docs/operations-reference.md say was measured.
/// docs/capacity.md has the formulas in words.
///
/// @param decisions of one event
/// @param decisionsPerSecond of one stream thread, at most
/// @param brokerMicros CPU time of the broker for an event
/// @param readBytes of an input record, as it crosses the network
/// @param writtenBytes of all that an event makes the processor write
/// @param outputBytes of these, what goes to the outputs
/// @param stateMebibytes on disk, for a million environments
/// @param topicMebibytes of changelogs and outputs on one replica, for a million environments
record CapacityTable(
        double decisions,
        double decisionsPerSecond,
        double brokerMicros,
        double readBytes,
        double writtenBytes,
        double outputBytes,
        double stateMebibytes,
        double topicMebibytes) {
    private static final String HEADER =
            "| events/s | environments | threads | instances | partitions | memory, GiB | volume of each, GiB | to Kafka, MiB/s | from Kafka, MiB/s | brokers' CPU, cores | brokers' disk, GiB | and for the inputs, GiB |";

    private static final int REPLICAS = 3;
    private static final int PARTITIONS = 12;
    private static final double RETENTION_SECONDS = 400 * 86_400.0;
    private static final double COMPACTION_LAG_SECONDS = 30 * 86_400.0;
    private static final double MEAN = 0.1;
    private static final double SHARE_IN_PLAN = 0.5;
    private static final double INSTANCE_GIBIBYTES = 1.5;

    private record Load(int events, int environments) {}

    private static final List<Load> LOADS = List.of(
            new Load(500, 100_000),
            new Load(2_000, 500_000),
            new Load(5_000, 1_000_000),
            new Load(10_000, 2_000_000),
            new Load(20_000, 5_000_000),
            new Load(50_000, 10_000_000));

    static CapacityTable measured() throws IOException {
        String performance = Files.readString(Path.of("docs", "performance.md"));
        String operations = Files.readString(Path.of("docs", "operations-reference.md"));
        String plan =
                "Plan per million environments, over all instances: [\\d,]+ MiB of state folder, and on the brokers";
        return new CapacityTable(
                figure(performance, "Keyward makes ([\\d.]+) decisions per event"),
                figure(performance, "makes ([\\d,]+) to [\\d,]+ decisions a second with RocksDB"),
                figure(performance, "\\| keyward-rocksdb \\| [\\d,]+ \\| [\\d.]+ \\| [\\d.]+ \\| ([\\d.]+) \\|"),
                figure(performance, "an event is ([\\d,]+) bytes"),
                figure(performance, "makes the processor write ([\\d,]+) bytes"),
                figure(performance, "makes the processor write [\\d,]+ bytes, ([\\d,]+) of outputs"),
                1024 * figure(performance, "([\\d.]+) GiB of disk in RocksDB"),
                figure(operations, plan + " ([\\d,]+) MiB of changelogs")
                        + figure(operations, plan + " [\\d,]+ MiB of changelogs and ([\\d,]+) MiB of outputs"));
    }

    private static double figure(String document, String sentence) {
        Matcher found = Pattern.compile(sentence).matcher(document.replaceAll("\\s+", " "));
        if (!found.find()) {
            throw new AssertionError("No document says any more: " + sentence);
        }
        return Double.parseDouble(found.group(1).replace(",", ""));
    }

    String text() {
        return HEADER + "\n|" + "---:|".repeat(12) + "\n"
                + LOADS.stream().map(this::row).collect(Collectors.joining());
    }

    private String row(Load load) {
        int threads = threads(load);
        int instances = Math.max(3, threads + 1);
        double million = load.environments() / 1e6;
        return "| %,d | %,d | %d | %d | %d | %.1f | %d | %s | %s | %s | %s | %s |%n"
                .formatted(
                        load.events(),
                        load.environments(),
                        threads,
                        instances,
                        PARTITIONS * ceiling(2.0 * instances / PARTITIONS),
                        instances * INSTANCE_GIBIBYTES,
                        ceiling(2 * stateMebibytes * million / (instances - 1) / 1024),
                        tenths(load.events() * writtenBytes / SHARE_IN_PLAN / 0x1p20),
                        tenths(load.events() * readBytes / SHARE_IN_PLAN / 0x1p20),
                        tenths(load.events() * brokerMicros * REPLICAS / 1e6 / SHARE_IN_PLAN),
                        gibibytes(topicMebibytes * 0x1p20 * million
                                + load.events() * MEAN * COMPACTION_LAG_SECONDS * outputBytes),
                        gibibytes(load.events() * MEAN * RETENTION_SECONDS * readBytes));
    }

    private int threads(Load load) {
        return ceiling(load.events() * decisions / (decisionsPerSecond * SHARE_IN_PLAN));
    }

    private static int ceiling(double number) {
        return (int) Math.ceil(number);
    }

    /// On all replicas.
    private static String gibibytes(double bytesOnOne) {
        return "%,d".formatted(ceiling(bytesOnOne * REPLICAS / 0x1p30));
    }

    /// Rounded up.
    private static String tenths(double number) {
        return "%,.1f".formatted(Math.ceil(number * 10) / 10);
    }
}
