package io.keyward.bench;

import io.keyward.bench.measure.Failover;
import io.keyward.bench.measure.FanOutTime;
import io.keyward.bench.measure.Latency;
import io.keyward.bench.measure.MemoryAndDisk;
import io.keyward.bench.measure.Restart;
import io.keyward.bench.measure.Result;
import io.keyward.bench.measure.Subject;
import io.keyward.bench.report.BarChart;
import io.keyward.bench.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// The results of a run, as Markdown and as a chart.
final class BenchReport {
    private final Plan plan;
    private final Machine host;
    private final List<String> versions;
    private final Measurements measurements;
    private final Rates rates;

    BenchReport(Plan plan, Machine host, List<String> versions, Measurements measurements) {
        this.plan = plan;
        this.host = host;
        this.versions = versions;
        this.measurements = measurements;
        rates = new Rates(measurements.rates().stream()
                .filter(result -> result.subjectVariant().variant().isStandard())
                .toList());
    }

    /// Writes `report.md` and `rates.svg`, and returns the path of `report.md`.
    Path write(Path folder) throws IOException {
        Files.writeString(folder.resolve("rates.svg"), chart());
        return Files.writeString(folder.resolve("report.md"), markdown());
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# Benchmark of ")
                .append(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .append("\n\n");
        host.describe().forEach(word -> text.append("- ").append(word).append('\n'));
        text.append("- ").append(String.join(", ", versions)).append('\n');
        text.append("- %,d events on %,d environments, seed %d; %d of %d rounds; %s\n"
                .formatted(
                        plan.workloadSize().events(),
                        plan.workloadSize().environments(),
                        plan.workloadSize().seed(),
                        rates.rounds(),
                        plan.rounds(),
                        "4 partitions, lz4, batches of 512 KiB, commit every 100 ms (Flink: checkpoint every second)"));
        if (!measurements.leftOut().isEmpty()) {
            text.append("- left out, because it would not have ended within %d minutes: %s\n"
                    .formatted(plan.limit().toMinutes(), String.join("; ", measurements.leftOut())));
        }
        if (host.wasBusy()) {
            text.append("- **The machine was busy: the figures say little, their ratios not much more.**\n");
        }
        section(text, "Variants", new Variants(measurements).table());
        section(text, "Rates", rates());
        section(text, "Targets", new Targets(measurements, rates).table());
        section(text, "What was published", outcomes());
        section(text, "Room", room());
        section(text, "Latency", latency());
        section(text, "Restart", restart());
        section(text, "Failover", failover());
        section(text, "Fan-out", fanOut());
        section(text, "More environments", large());
        return text.toString();
    }

    private static void section(StringBuilder text, String title, Table table) {
        if (!table.isEmpty()) {
            text.append("\n## ").append(title).append("\n\n").append(table.markdown());
        }
    }

    private Table rates() {
        Table table = new Table(
                "subject",
                "events/s",
                "of matched",
                "of passthrough",
                "CPU µs/event",
                "compiling",
                "broker µs/event",
                "bytes allocated/event",
                "records/event");
        for (Subject subject : rates.subjects()) {
            table.add(
                    subject.label(),
                    rates.each(subject, "%,.0f", result -> result.usage().eventsPerSecond()),
                    rates.ratio(subject, Subject.MATCHED_PASSTHROUGH),
                    rates.ratio(subject, Subject.PASSTHROUGH),
                    rates.mean(subject, "%.2f", result -> result.usage().cpuMicrosPerEvent()),
                    rates.mean(subject, "%.2f", result -> result.usage().compilerMicrosPerEvent()),
                    rates.mean(subject, "%.2f", result -> result.usage().brokerCpuMicrosPerEvent()),
                    rates.mean(subject, "%,.0f", result -> result.usage().allocatedPerEvent()),
                    rates.mean(subject, "%.2f", Result::recordsPerEvent));
        }
        return table;
    }

    private Table outcomes() {
        Table table =
                new Table("subject", "decisions", "warnings", "suppressions", "environments", "decided otherwise");
        for (Result result : rates.last()) {
            result.outcome()
                    .ifPresent(outcome -> table.add(
                            result.subject().label(),
                            "%,d".formatted(outcome.decisions()),
                            "%,d".formatted(outcome.warnings()),
                            "%,d".formatted(outcome.suppressions()),
                            "%,d".formatted(outcome.environments()),
                            rates.differences(result)));
        }
        return table;
    }

    private Table room() {
        Table table = new Table(
                "subject",
                "RSS peak MiB",
                "live heap MiB",
                "disk MiB",
                "heap MiB/M environments",
                "disk MiB/M environments");
        for (Result result : rates.last()) {
            MemoryAndDisk footprint = result.footprint();
            table.add(
                    result.subject().label(),
                    mebibytes(footprint.peakResidentBytes()),
                    mebibytes(footprint.liveHeapBytes()),
                    mebibytes(footprint.diskBytes()),
                    perMillion(footprint.liveHeapBytes(), result),
                    perMillion(footprint.diskBytes(), result));
        }
        return table;
    }

    private static String perMillion(long bytes, Result result) {
        return result.outcome()
                .map(outcome -> mebibytes(bytes * 1_000_000 / outcome.environments()))
                .orElse("-");
    }

    private Table latency() {
        Table table = new Table("subject", "events/s", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms", "decisions");
        for (Latency latency : measurements.latencies()) {
            table.add(
                    latency.subjectVariant().label(),
                    "%,d".formatted(latency.rate()),
                    "%.1f".formatted(latency.percentile(50)),
                    "%.1f".formatted(latency.percentile(90)),
                    "%.1f".formatted(latency.percentile(99)),
                    "%.1f".formatted(latency.percentile(99.9)),
                    "%.1f".formatted(latency.percentile(100)),
                    "%,d".formatted(latency.micros().getTotalCount()));
        }
        return table;
    }

    private Table restart() {
        Table table = new Table(
                "subject",
                "after a stop s",
                "after SIGKILL s",
                "the same, named member s",
                "state deleted s",
                "changes",
                "changes restored/s");
        for (Restart restart : measurements.restarts()) {
            table.add(
                    restart.subjectVariant().label(),
                    "%.1f".formatted(restart.afterStop()),
                    "%.1f".formatted(restart.afterKill()),
                    "%.1f".formatted(restart.afterKillAsMember()),
                    "%.1f".formatted(restart.fromNothing()),
                    "%,d".formatted(restart.changes()),
                    "%,.0f".formatted(restart.restoredPerSecond()));
        }
        return table;
    }

    private Table failover() {
        Table table = new Table("subject", "events/s", "longest wait for a decision s");
        for (Failover failover : measurements.failovers()) {
            table.add(
                    failover.subject().label(),
                    "%,d".formatted(failover.rate()),
                    "%.1f".formatted(failover.longestWait()));
        }
        return table;
    }

    private Table fanOut() {
        Table table = new Table("subject", "environments of the key", "decisions", "s", "environments decided/s");
        for (FanOutTime fanOut : measurements.fanOuts()) {
            table.add(
                    fanOut.subjectVariant().label(),
                    "%,d".formatted(fanOut.environments()),
                    "%,d".formatted(fanOut.decisions()),
                    "%.2f".formatted(fanOut.seconds()),
                    "%,.0f".formatted(fanOut.environmentsPerSecond()));
        }
        return table;
    }

    private Table large() {
        Table table = new Table("subject", "environments", "events/s", "of the rate above", "RSS peak MiB", "disk MiB");
        for (Result result : measurements.large()) {
            table.add(
                    result.subject().label(),
                    result.outcome()
                            .map(outcome -> "%,d".formatted(outcome.environments()))
                            .orElse("-"),
                    "%,.0f".formatted(result.usage().eventsPerSecond()),
                    rates.ratio(result.usage().eventsPerSecond(), result.subject()),
                    mebibytes(result.footprint().peakResidentBytes()),
                    mebibytes(result.footprint().diskBytes()));
        }
        return table;
    }

    private String chart() {
        List<BarChart.Bar> bars = rates.subjects().stream()
                .map(subject -> new BarChart.Bar(
                        subject.label(),
                        rates.mean(subject, result -> result.usage().eventsPerSecond()),
                        rates.mean(subject, "%,.0f", result -> result.usage().eventsPerSecond()),
                        Plan.isProduct(subject)))
                .toList();
        return new BarChart(
                        "Events per second, second half of %,d"
                                .formatted(plan.workloadSize().events()),
                        bars)
                .svg();
    }

    private static String mebibytes(long bytes) {
        return "%,d".formatted(bytes >> 20);
    }
}
