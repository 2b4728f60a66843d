package io.keyward.bench;

import io.keyward.bench.measure.FanOut;
import io.keyward.bench.measure.Latency;
import io.keyward.bench.measure.Restart;
import io.keyward.bench.measure.Result;
import io.keyward.bench.measure.Subject;
import io.keyward.bench.report.Table;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// What Keyward wants to reach, beside what this run has found. Nothing fails by it.
final class Targets {
    private final Measurements measurements;
    private final Rates rates;
    private final Table table = new Table("target", "at least", "at most", "found", "met");

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
            if (Plan.isProduct(latency.subject()) && latency.entrant().variant().isStandard()) {
                atMost(latency.subject().label() + ", p50 ms", 70, latency.percentile(50));
                atMost(latency.subject().label() + ", p99 ms", 200, latency.percentile(99));
            }
        }
        measurements.restarts().forEach(this::restart);
        measurements.fanOuts().forEach(this::fanOut);
        measurements.large().forEach(this::growth);
        return table;
    }

    private void rate(Subject subject, Subject other, double least) {
        atLeast("rate of %s / %s".formatted(subject.label(), other.label()), least, rates.ratioOf(subject, other));
    }

    /// Five seconds, and one and a half for every million environments.
    private void restart(Restart restart) {
        OptionalDouble environments = rates.last().stream()
                .filter(result -> result.subject() == restart.subject())
                .flatMap(result -> result.outcome().stream())
                .mapToDouble(outcome -> outcome.environments() / 1e6)
                .findFirst();
        double most = 5 + 1.5 * environments.orElse(0);
        atMost(restart.subject().label() + ", ready after a stop, s", most, restart.afterStop());
        atMost(restart.subject().label() + ", ready after SIGKILL, s", most, restart.afterKill());
    }

    private void fanOut(FanOut fanOut) {
        ToDoubleFunction<Result> rate = result -> result.usage().eventsPerSecond();
        atLeast(
                "%s, environments of a key of %,d decided a second / rate of matched-passthrough"
                        .formatted(fanOut.subject().label(), fanOut.environments()),
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
        add(List.of(what, "%.1f".formatted(least), ""), found, found >= least);
    }

    private void atMost(String what, double most, double found) {
        add(List.of(what, "", "%.1f".formatted(most)), found, found <= most);
    }

    private void add(List<String> target, double found, boolean met) {
        if (Double.isFinite(found)) {
            table.add(target.get(0), target.get(1), target.get(2), "%.2f".formatted(found), met ? "yes" : "no");
        }
    }
}
