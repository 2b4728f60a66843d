package io.keyward.bench;

import io.keyward.bench.measure.Failover;
import io.keyward.bench.measure.FanOutTime;
import io.keyward.bench.measure.Latency;
import io.keyward.bench.measure.Restart;
import io.keyward.bench.measure.Result;
import io.keyward.bench.measure.Subject;
import io.keyward.bench.report.Table;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// Keyward's performance targets, beside the results of this run and of the hand-written loop, which runs the
/// same rules and codecs without Kafka Streams and its stores. A missed target does not fail the run.
final class Targets {
    private static final double NONE = Double.NaN;

    private final Measurements measurements;
    private final Rates rates;
    private final Table table = new Table("target", "at least", "at most", "found", "met", "by hand");

    Targets(Measurements measurements, Rates rates) {
        this.measurements = measurements;
        this.rates = rates;
    }

    Table table() {
        rate(Subject.KEYWARD_MEMORY, Subject.MATCHED_PASSTHROUGH, 0.5);
        rate(Subject.KEYWARD_ROCKSDB, Subject.MATCHED_PASSTHROUGH, 0.3);
        rate(Subject.KEYWARD_MEMORY, Subject.FLINK_HEAP, 1.5);
        rate(Subject.KEYWARD_ROCKSDB, Subject.FLINK_ROCKSDB, 1.5);
        rate(Subject.KEYWARD_MEMORY, Subject.DSL_MEMORY, 3);
        rate(Subject.KEYWARD_ROCKSDB, Subject.DSL_ROCKSDB, 3);
        for (Latency latency : measurements.latencies()) {
            if (Plan.isProduct(latency.subject())
                    && latency.subjectVariant().variant().isStandard()) {
                percentile(latency, 50, 70);
                percentile(latency, 99, 200);
            }
        }
        measurements.restarts().forEach(this::restart);
        measurements.failovers().forEach(this::failover);
        measurements.fanOuts().forEach(this::fanOut);
        measurements.large().forEach(this::growth);
        return table;
    }

    private void rate(Subject subject, Subject other, double least) {
        double found = rates.ratioOf(subject, other);
        add(
                new Target("rate of %s / %s".formatted(subject.label(), other.label()), least, NONE),
                found,
                rates.ratioOf(Subject.HAND_WRITTEN, other));
    }

    private void percentile(Latency latency, int percentile, double most) {
        double byHand = measurements.latencies().stream()
                .filter(other -> other.subject() == Subject.HAND_WRITTEN)
                .mapToDouble(other -> other.percentile(percentile))
                .findFirst()
                .orElse(NONE);
        add(
                new Target("%s, p%d ms".formatted(latency.subject().label(), percentile), NONE, most),
                latency.percentile(percentile),
                byHand);
    }

    /// The target is 5 seconds plus 1.5 seconds per million environments.
    private void restart(Restart restart) {
        OptionalDouble environments = rates.last().stream()
                .filter(result -> result.subject() == restart.subjectVariant().subject())
                .flatMap(result -> result.outcome().stream())
                .mapToDouble(outcome -> outcome.environments() / 1e6)
                .findFirst();
        String label = restart.subjectVariant().label();
        double most = 5 + 1.5 * environments.orElse(0);
        atMost(label + ", ready after a stop, s", most, restart.afterStop());
        atMost(label + ", ready after SIGKILL, s", most, restart.afterKill());
        atMost(label + ", the same as a named member, s", most, restart.afterKillAsMember());
    }

    private void failover(Failover failover) {
        atMost(
                failover.subject().label() + ", decided again after SIGKILL of one of two, s",
                12,
                failover.longestWait());
    }

    private void fanOut(FanOutTime fanOut) {
        ToDoubleFunction<Result> rate = result -> result.usage().eventsPerSecond();
        atLeast(
                "%s, environments of a key of %,d decided a second / rate of matched-passthrough"
                        .formatted(fanOut.subjectVariant().label(), fanOut.environments()),
                0.5,
                fanOut.environmentsPerSecond() / rates.mean(Subject.MATCHED_PASSTHROUGH, rate));
    }

    private void growth(Result result) {
        double usual = rates.mean(result.subject(), other -> other.usage().eventsPerSecond());
        atLeast(
                "rate of %s with many environments / with fewer"
                        .formatted(result.subject().label()),
                0.8,
                result.usage().eventsPerSecond() / usual);
    }

    private void atLeast(String what, double least, double found) {
        add(new Target(what, least, NONE), found, NONE);
    }

    private void atMost(String what, double most, double found) {
        add(new Target(what, NONE, most), found, NONE);
    }

    /// @param least the minimum, or [#NONE]
    /// @param most the maximum, or [#NONE]
    private record Target(String what, double least, double most) {
        boolean isMetBy(double found) {
            return !(found < least) && !(found > most);
        }
    }

    private void add(Target target, double found, double byHand) {
        if (Double.isFinite(found)) {
            table.add(
                    target.what(),
                    format(target.least(), "%.1f"),
                    format(target.most(), "%.1f"),
                    format(found, "%.2f"),
                    target.isMetBy(found) ? "yes" : "no",
                    format(byHand, "%.2f"));
        }
    }

    private static String format(double figure, String format) {
        return Double.isFinite(figure) ? format.formatted(figure) : "";
    }
}
