package io.keyward.console.replica;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.SeriesMemory;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.event.Component;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;

/// An environment that uses a key. The index holds a summary of it, so totals over all users of a key do not read
/// the stored state.
///
/// @param applied whether the key is among its applications; if not, only reports count items under it
/// @param summary its state without facts, warnings and times, except for the times until which keys must be
///     kept. It lists the components that ever reported. Most users of a key have the same summary
/// @param stored reads its stored state
public record KeyUser(
        TenantId tenant,
        EnvironmentId environment,
        boolean applied,
        EnvironmentState summary,
        Supplier<EnvironmentRow> stored) {

    public static KeyUser of(EnvironmentRow row, KeyId key) {
        boolean applied = row.state().facts().keys().contains(key);
        return new KeyUser(row.tenant(), row.environment(), applied, summaryOf(row.state()), () -> row);
    }

    /// The environment with its stored state. Valid while the view is open that it comes from.
    public EnvironmentRow row() {
        return stored.get();
    }

    static Bytes bytes(EnvironmentState state) {
        return Bytes.wrap(StateCodec.ENVIRONMENTS.write(summaryOf(state)));
    }

    static EnvironmentState read(Bytes summary) {
        return StateCodec.ENVIRONMENTS.read(summary.get());
    }

    private static EnvironmentState summaryOf(EnvironmentState state) {
        SortedMap<String, Signal> suppressed = new TreeMap<>();
        Signal suppress = new Signal(Signal.Action.SUPPRESS, Instant.EPOCH, List.of());
        state.published().sinkNames().forEach(sink -> suppressed.put(sink, suppress));
        return new EnvironmentState(
                EnvironmentFacts.NONE.withReported(state.facts().reported()),
                Slot.none(),
                new Published(
                        0,
                        state.published().decision().map(KeyUser::summaryOf),
                        Collections.emptySortedMap(),
                        suppressed),
                SeriesMemory.NONE,
                Optional.empty());
    }

    private static Decision summaryOf(Decision decision) {
        Map<Component, Enforcement> statuses = new EnumMap<>(Component.class);
        decision.enforcement()
                .forEach((component, enforcement) ->
                        statuses.put(component, new Enforcement(enforcement.status(), Instant.EPOCH)));
        return new Decision(
                decision.encryptionState(),
                decision.policyStatus(),
                Optional.empty(),
                decision.key(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                decision.components(),
                decision.retainUntil(),
                statuses);
    }
}
