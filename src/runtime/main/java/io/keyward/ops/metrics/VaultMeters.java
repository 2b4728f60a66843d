package io.keyward.ops.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Meters of the vault watch. Safe for many threads.
public final class VaultMeters {
    private static final Duration[] BOUNDS = Meters.millis(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);

    private final Meters meters;
    private final Map<String, Counter> probes;
    private final Timer took;
    private final Map<String, Counter> hints;
    private final Counter failedReads;

    VaultMeters(Meters meters, Collection<String> verdicts, Collection<String> hintResults) {
        this.meters = meters;
        probes = counters("keyward.vault.probes", "Probes of keys in their vaults, by result", "verdict", verdicts);
        took = meters.timer("keyward.vault.probe", "Time that a probe took", BOUNDS);
        hints = counters("keyward.vault.hints", "Hints that a key may have changed, by result", "result", hintResults);
        failedReads =
                meters.counter("keyward.vault.hint.read.failures", "Failed attempts to read hints; reading is retried");
    }

    private Map<String, Counter> counters(String name, String description, String tag, Collection<String> values) {
        return values.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), value -> meters.counter(name, description, tag, value)));
    }

    /// Adds the longest time since a conclusive answer for a key, and the longest time that a hint has waited for
    /// one. Must be called once.
    public void watch(Supplier<Duration> stalest, Supplier<Duration> oldestUnansweredHint) {
        meters.age(
                "keyward.vault.last.conclusive.probe.age",
                "Time since the last conclusive deep probe, of the watched key that has waited longest for one",
                stalest);
        meters.age(
                "keyward.vault.unanswered.hint.age",
                "Time since the oldest hint that no conclusive deep probe has followed; 0 if there is none",
                oldestUnansweredHint);
    }

    /// Adds the number of keys whose denials are held. Must be called once.
    public void held(Supplier<Number> keys) {
        meters.gauge(
                "keyward.vault.denials.held",
                "Keys whose vaults deny access, for which nothing is published because many denials began at once",
                keys);
    }

    /// Adds the number of keys in one state of the watch. Must be called once for each state.
    public void keys(String state, Supplier<Number> keys) {
        meters.gauge("keyward.vault.keys", "Keys in use, by state of the watch", keys, "watch", state);
    }

    /// Counts a hint.
    ///
    /// @param result one of those given at construction
    public void hinted(String result) {
        hints.get(result).increment();
    }

    /// Counts a failed attempt to read hints.
    public void hintsFailed() {
        failedReads.increment();
    }

    /// Records the outcome and duration of a probe.
    ///
    /// @param verdict one of those given at construction
    public void probed(String verdict, Duration after) {
        probes.get(verdict).increment();
        took.record(after);
    }
}
