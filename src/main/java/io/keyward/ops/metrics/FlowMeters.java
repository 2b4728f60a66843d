package io.keyward.ops.metrics;

import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.RefusalCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Meters for refused, rerouted and published records. Each series whose labels are known in advance starts at
/// 0, so that the first event of its kind shows as an increase. Finding a meter costs one map lookup.
final class FlowMeters {
    private static final Duration[] LATENCY_BOUNDS = Stream.of(
                    5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);
    private static final Duration[] ENFORCEMENT_BOUNDS = Stream.concat(
                    Stream.of(1, 5, 15, 30).map(Duration::ofMinutes),
                    Stream.of(1, 2, 4, 8, 16, 24, 48, 96, 7 * 24, 14 * 24, 30 * 24)
                            .map(Duration::ofHours))
            .toArray(Duration[]::new);
    private static final double[] FAN_OUT_BOUNDS = {
        1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000
    };

    private final MeterRegistry registry;
    private final Map<EncryptionState, Map<PolicyStatus, Counter>> decisions;
    private final Map<WarningCode, Counter> raised;
    private final Map<WarningCode, Counter> cleared;
    private final ConcurrentMap<String, Counter> suppressed = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Counter> allowed = new ConcurrentHashMap<>();
    private final Map<RefusalCode, Counter> refused;
    private final Counter rerouted;
    private final Counter erased;
    private final Timer latency;
    private final Timer enforcementLag;
    private final DistributionSummary fanOut;
    private final Counter swept;
    private final Map<Integer, Integer> waiting = new ConcurrentHashMap<>();

    FlowMeters(MeterRegistry registry, RuleProfile profile) {
        this.registry = registry;
        decisions = each(EncryptionState.class, state -> each(PolicyStatus.class, status -> decision(state, status)));
        raised = each(WarningCode.class, code -> warning(code, "RAISED"));
        cleared = each(WarningCode.class, code -> warning(code, "CLEARED"));
        profile.sinks().forEach(sink -> {
            suppressed.put(sink, suppression(sink, "SUPPRESS"));
            allowed.put(sink, suppression(sink, "ALLOW"));
        });
        refused = each(RefusalCode.class, this::deadLetter);
        rerouted = Counter.builder("keyward.records.rerouted")
                .description("Records found on a partition that is not their tenant's, and sent to that one")
                .register(registry);
        erased = Counter.builder("keyward.tenants.erased")
                .description("Erasures of tenants that were done")
                .register(registry);
        latency = Timer.builder("keyward.decision.latency")
                .description("Time from the timestamp of the causing record until the decision was forwarded")
                .serviceLevelObjectives(LATENCY_BOUNDS)
                .register(registry);
        enforcementLag = Timer.builder("keyward.enforcement.lag")
                .description("Time from when the key of a component was desired until the report that proves it")
                .serviceLevelObjectives(ENFORCEMENT_BOUNDS)
                .register(registry);
        fanOut = DistributionSummary.builder("keyward.fanout.environments")
                .description("Environments that one key event reached")
                .serviceLevelObjectives(FAN_OUT_BOUNDS)
                .register(registry);
        swept = Counter.builder("keyward.sweep.environments")
                .description(
                        "Environments that events about keys, freed slots, times and changed profiles have reached")
                .register(registry);
        Gauge.builder(
                        "keyward.sweeps.waiting",
                        () -> waiting.values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                .description("Events that have reached only a part of their environments yet, and will go on")
                .register(registry);
    }

    void refused(RefusalCode code) {
        refused.get(code).increment();
    }

    void rerouted() {
        rerouted.increment();
    }

    void erased() {
        erased.increment();
    }

    void proven(Duration sinceDesired) {
        enforcementLag.record(sinceDesired);
    }

    void fannedOut(long environments) {
        fanOut.record((double) environments);
    }

    void swept(int environments) {
        swept.increment(environments);
    }

    void sweepsWaiting(int partition, int sweeps) {
        waiting.put(partition, sweeps);
    }

    /// Ignores retractions.
    void published(Publication publication, Duration sinceCause) {
        switch (publication) {
            case Publication.OfDecision p -> decided(p.decision(), sinceCause);
            case Publication.OfWarning p ->
                (p.clearedAt().isPresent() ? cleared : raised)
                        .get(p.warning().code())
                        .increment();
            case Publication.OfSuppression p ->
                suppressed
                        .computeIfAbsent(p.sink(), sink -> suppression(sink, "SUPPRESS"))
                        .increment();
            case Publication.OfAllowance p ->
                allowed.computeIfAbsent(p.sink(), sink -> suppression(sink, "ALLOW"))
                        .increment();
            case Publication.Retraction _ -> {}
        }
    }

    /// Counts a negative latency as zero, so that a producer's clock ahead of ours does not hide the decision.
    private void decided(Decision decision, Duration sinceCause) {
        decisions.get(decision.encryptionState()).get(decision.policyStatus()).increment();
        latency.record(sinceCause.isNegative() ? Duration.ZERO : sinceCause);
    }

    private Counter decision(EncryptionState state, PolicyStatus status) {
        return Counter.builder("keyward.decisions")
                .description("Decisions published, by the environment's state and the policy's status")
                .tag("state", state.name())
                .tag("policy_status", status.name())
                .register(registry);
    }

    private Counter warning(WarningCode code, String status) {
        return Counter.builder("keyward.warnings")
                .description("Warnings published, by code, as they were raised and cleared")
                .tag("code", code.name())
                .tag("status", status)
                .register(registry);
    }

    private Counter suppression(String sink, String action) {
        return Counter.builder("keyward.suppressions")
                .description("Signals published to the analytics pipeline, by sink")
                .tag("sink", sink)
                .tag("action", action)
                .register(registry);
    }

    private Counter deadLetter(RefusalCode code) {
        return Counter.builder("keyward.dead.letters")
                .description("Records refused and sent to the dead letters, by reason")
                .tag("reason", code.name())
                .register(registry);
    }

    private static <E extends Enum<E>, V> Map<E, V> each(Class<E> keys, Function<E, V> value) {
        Map<E, V> all = new EnumMap<>(keys);
        Arrays.stream(keys.getEnumConstants()).forEach(key -> all.put(key, value.apply(key)));
        return all;
    }
}
