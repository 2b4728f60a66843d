package io.keyward.ops.metrics;

import io.keyward.client.Topic;
import io.keyward.domain.Explanation;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.LogSubject;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Meters for refused, rerouted and published records. Each series whose labels are known in advance starts at 0,
/// so that the first event of its kind shows as an increase. Finding a meter costs one map lookup.
final class FlowMeters implements FlowObserver {
    private static final Duration[] LATENCY_BOUNDS =
            Meters.millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);
    private static final Duration[] ENFORCEMENT_BOUNDS = Stream.concat(
                    Stream.of(1, 5, 15, 30).map(Duration::ofMinutes),
                    Stream.of(1, 2, 4, 8, 16, 24, 48, 96, 7 * 24, 14 * 24, 30 * 24)
                            .map(Duration::ofHours))
            .toArray(Duration[]::new);
    private static final double[] FAN_OUT_BOUNDS = {
        1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000
    };

    private final Meters meters;
    private final EventMeters events;
    private final FlowLog log;
    private final Map<EncryptionState, Map<PolicyStatus, Counter>> decisions;
    private final Map<WarningCode, Map<Publication.Status, Counter>> warnings;
    private final ConcurrentMap<String, Counter> suppressed = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Counter> allowed = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Map<RefusalCode, Counter>> refused = new ConcurrentHashMap<>();
    private final Counter rerouted;
    private final Counter erased;
    private final Counter incompleteStates;
    private final Timer latency;
    private final Timer enforcementLag;
    private final DistributionSummary fanOut;
    private final Counter reached;
    private final Map<Integer, Integer> waiting = new ConcurrentHashMap<>();
    private final Map<Integer, Instant> decidedUpTo = new ConcurrentHashMap<>();

    FlowMeters(Meters meters, RuleProfile profile, InstantSource clock, LongSupplier nanoTime) {
        this.meters = meters;
        events = new EventMeters(meters, nanoTime);
        log = new FlowLog(nanoTime);
        decisions = each(EncryptionState.class, state -> each(PolicyStatus.class, status -> decision(state, status)));
        warnings = each(WarningCode.class, code -> each(Publication.Status.class, status -> warning(code, status)));
        profile.sinks().forEach(sink -> {
            suppressed.put(sink, suppression(sink, "SUPPRESS"));
            allowed.put(sink, suppression(sink, "ALLOW"));
        });
        Topic.readByTheProcessor().forEach(topic -> refusedOf(topic.baseName()));
        rerouted = meters.counter(
                "keyward.records.rerouted", "Records found on a partition that is not their tenant's, and rerouted");
        erased = meters.counter("keyward.tenants.erased", "Completed erasures of tenants");
        incompleteStates = meters.counter(
                "keyward.state.not.whole", "Partitions whose restored state was incomplete; nothing was decided on it");
        latency = meters.timer(
                "keyward.decision.latency",
                "Time from the timestamp of the causing record until the decision was forwarded",
                LATENCY_BOUNDS);
        enforcementLag = meters.timer(
                "keyward.enforcement.lag",
                "Time from when the key of a component was desired until the report that proves it",
                ENFORCEMENT_BOUNDS);
        fanOut = DistributionSummary.builder("keyward.fanout.environments")
                .description("Environments that one key event reached")
                .serviceLevelObjectives(FAN_OUT_BOUNDS)
                .register(meters.registry());
        reached = meters.counter(
                "keyward.sweep.environments",
                "Environments that fan-outs have reached, after events about keys, freed slots, deadlines or profile changes");
        meters.gauge(
                "keyward.sweeps.waiting",
                "Events whose fan-out has reached only some of its environments so far",
                () -> waiting.values().stream().mapToInt(Integer::intValue).sum());
        meters.age(
                "keyward.decided.age",
                "Time since the earliest point up to which a partition of this instance is decided; 0 without partitions",
                () -> decidedAge(clock.instant()));
    }

    private Duration decidedAge(Instant now) {
        return decidedUpTo.values().stream()
                .min(Comparator.naturalOrder())
                .map(oldest -> Duration.between(oldest, now))
                .orElse(Duration.ZERO);
    }

    @Override
    public void admitted(Event event) {
        events.admitted(event);
    }

    @Override
    public void refused(String topic, RefusedException why, LogSubject about) {
        refusedOf(topic).get(why.code()).increment();
        log.refused(why, about);
    }

    @Override
    public void rerouted(String topic, LogSubject about) {
        rerouted.increment();
        log.rerouted(topic, about);
    }

    @Override
    public void stateIncomplete() {
        incompleteStates.increment();
    }

    @Override
    public void erased() {
        erased.increment();
    }

    @Override
    public void proven(Duration sinceDesired) {
        enforcementLag.record(sinceDesired);
    }

    @Override
    public void fannedOut(long environments) {
        fanOut.record((double) environments);
    }

    @Override
    public void reachedByFanOut(int environments) {
        reached.increment(environments);
    }

    @Override
    public void decidedUpTo(int partition, Optional<Instant> decided) {
        decided.ifPresentOrElse(time -> decidedUpTo.put(partition, time), () -> decidedUpTo.remove(partition));
    }

    @Override
    public void fanOutsWaiting(int partition, int fanOuts) {
        waiting.put(partition, fanOuts);
    }

    /// Ignores retractions.
    @Override
    public void published(Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {
        switch (publication) {
            case Publication.OfDecision p -> decided(p.decision(), sinceCause);
            case Publication.OfWarning p ->
                warnings.get(p.code()).get(p.status()).increment();
            case Publication.OfSignal p ->
                (p.signal().suppresses() ? suppressed : allowed)
                        .computeIfAbsent(
                                p.sink(),
                                sink -> suppression(sink, p.signal().action().name()))
                        .increment();
            case Publication.Retraction _ -> {}
        }
    }

    /// Counts a negative latency as zero, so that a producer's clock ahead of Keyward's does not hide the
    /// decision.
    private void decided(Decision decision, Duration sinceCause) {
        decisions.get(decision.encryptionState()).get(decision.policyStatus()).increment();
        latency.record(sinceCause.isNegative() ? Duration.ZERO : sinceCause);
    }

    private Counter decision(EncryptionState state, PolicyStatus status) {
        String description = "Decisions published, by the environment's state and the policy's status";
        return meters.counter("keyward.decisions", description, "state", state.name(), "policy_status", status.name());
    }

    private Counter warning(WarningCode code, Publication.Status status) {
        String description = "Warnings published, by code, as they were raised, updated and cleared";
        return meters.counter("keyward.warnings", description, "code", code.name(), "status", status.name());
    }

    private Counter suppression(String sink, String action) {
        String description = "Signals published to the analytics pipeline, by sink";
        return meters.counter("keyward.suppressions", description, "sink", sink, "action", action);
    }

    private Map<RefusalCode, Counter> refusedOf(String topic) {
        return refused.computeIfAbsent(topic, _ -> each(RefusalCode.class, code -> deadLetter(topic, code)));
    }

    private Counter deadLetter(String topic, RefusalCode code) {
        String description = "Records refused and sent to the dead letters, by topic and reason";
        return meters.counter("keyward.dead.letters", description, "topic", topic, "reason", code.name());
    }

    private static <E extends Enum<E>, V> Map<E, V> each(Class<E> keys, Function<E, V> value) {
        Map<E, V> all = new EnumMap<>(keys);
        Arrays.stream(keys.getEnumConstants()).forEach(key -> all.put(key, value.apply(key)));
        return all;
    }
}
