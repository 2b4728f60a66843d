package io.keyward.ops.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Meters of the vault watch. Safe for many threads.
public final class VaultMeters {
    private static final Duration[] BOUNDS = Stream.of(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<String, Counter> probes;
    private final Timer took;
    private final Map<String, Counter> hints;
    private final Counter failedReads;

    VaultMeters(MeterRegistry registry, Collection<String> verdicts, Collection<String> hintResults) {
        this.registry = registry;
        probes = counters(
                "keyward.vault.probes", "Probes of keys in their vaults, by what was found", "verdict", verdicts);
        took = Timer.builder("keyward.vault.probe")
                .description("Time that a probe took")
                .serviceLevelObjectives(BOUNDS)
                .register(registry);
        hints = counters(
                "keyward.vault.hints",
                "Hints that something may have changed a key, by what became of them",
                "result",
                hintResults);
        failedReads = Counter.builder("keyward.vault.hint.read.failures")
                .description("Attempts to read hints that failed; reading is tried again")
                .register(registry);
    }

    private Map<String, Counter> counters(String name, String description, String tag, Collection<String> values) {
        return values.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        value -> Counter.builder(name)
                                .description(description)
                                .tag(tag, value)
                                .register(registry)));
    }

    /// Adds the longest time that a key has been without a conclusive answer, and that a hint has been without one.
    /// Must be called once.
    public void watch(Supplier<Duration> stalest, Supplier<Duration> oldestUnansweredHint) {
        age(
                "keyward.vault.last.conclusive.probe.age",
                stalest,
                "Time since the last deep probe that told something, of the watched key that has waited longest for one");
        age(
                "keyward.vault.unanswered.hint.age",
                oldestUnansweredHint,
                "Time since the oldest hint that no deep probe that told something has followed; 0 if there is none");
    }

    private void age(String name, Supplier<Duration> age, String description) {
        TimeGauge.builder(name, () -> age.get().toMillis(), TimeUnit.MILLISECONDS)
                .description(description)
                .register(registry);
    }

    /// Counts a hint.
    ///
    /// @param result one of those given at the start
    public void hinted(String result) {
        hints.get(result).increment();
    }

    /// Counts an attempt to read hints that failed.
    public void hintsFailed() {
        failedReads.increment();
    }

    /// Records the outcome of a probe and its duration.
    ///
    /// @param verdict one of those given at the start
    public void probed(String verdict, Duration after) {
        probes.get(verdict).increment();
        took.record(after);
    }
}
