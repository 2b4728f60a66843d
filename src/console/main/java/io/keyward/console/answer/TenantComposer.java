package io.keyward.console.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.console.answer.EnvironmentAnswer.StandingWarning;
import io.keyward.console.answer.TenantAnswer.KeyEntry;
import io.keyward.console.answer.TenantAnswer.Waiting;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.Slot;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.LimitWarning;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.read.OutputReader;
import io.keyward.topology.read.OutputRecord;
import io.keyward.topology.store.TenantReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Composes the answer about a tenant. Every list and every count is bounded; the answer says what it leaves out.
///
/// @param reader reads this tenant
record TenantComposer(ReplicaView view, TenantId tenant, TenantReader reader, OutputReader outputs) {
    static final int MAX_QUEUE = 200;
    static final int MAX_KEYS = 200;
    private static final WarningCode LIMIT_NEAR = WarningCode.ENVIRONMENT_LIMIT_NEAR;
    /// How many of the tenant's newest records are read: records of another writer may be among them.
    private static final int RECORDS = 50;
    private static final int MAX_COUNTED = 10_000;
    private static final int MAX_ENVIRONMENTS = 100_000;

    TenantAnswer compose() {
        TenantState state = reader.state();
        List<EnvironmentId> queue = reader.queue(MAX_QUEUE + 1);
        List<KeyId> keys = reader.keys(MAX_KEYS + 1);
        Map<EncryptionState, Long> states = new EnumMap<>(EncryptionState.class);
        Map<PolicyStatus, Long> statuses = new EnumMap<>(PolicyStatus.class);
        Map<String, Long> openWarnings = new TreeMap<>();
        count(EncryptionState.values(), states::put);
        count(PolicyStatus.values(), statuses::put);
        count(WarningCode.values(), (code, count) -> openWarnings.put(code.name(), count));
        long environments = states.values().stream().mapToLong(Long::longValue).sum();
        return new TenantAnswer(
                tenant.value(),
                state.limit(),
                state.statedLimit().map(limit -> limit.stamp().occurredAt()),
                state.slotsUsed(),
                Math.max(0, state.limit() - state.slotsUsed()),
                state.limitIncident().map(Incident::raisedAt),
                queue.stream()
                        .limit(MAX_QUEUE)
                        .flatMap(id -> waiting(id).stream())
                        .toList(),
                state.timeReached(),
                environments,
                states,
                statuses,
                openWarnings,
                warnings(state),
                keys.stream().limit(MAX_KEYS).map(this::entry).toList(),
                view.staleness(tenant).with(leftOut(queue.size(), keys.size(), environments)));
    }

    /// What is left out, one sentence each; the environments first.
    ///
    /// @param queued how many waiting environments were found
    static List<String> leftOut(int queued, int keys, long environments) {
        List<String> leftOut = new ArrayList<>();
        if (environments >= MAX_ENVIRONMENTS) {
            leftOut.add("No more than %,d environments of each kind are counted.".formatted(MAX_ENVIRONMENTS));
        }
        if (queued > MAX_QUEUE) {
            leftOut.add("Only the first %,d waiting environments are listed.".formatted(MAX_QUEUE));
        }
        if (keys > MAX_KEYS) {
            leftOut.add("Only the first %,d keys are listed.".formatted(MAX_KEYS));
        }
        return leftOut;
    }

    private <E extends Enum<E>> void count(E[] values, BiConsumer<E, Long> counted) {
        for (E value : values) {
            long count = view.count(tenant, value, MAX_ENVIRONMENTS);
            if (count > 0) {
                counted.accept(value, count);
            }
        }
    }

    private Optional<Waiting> waiting(EnvironmentId environment) {
        return reader.environment(environment)
                .map(state -> state.slot())
                .flatMap(Slot::queuedAt)
                .map(since -> new Waiting(environment.value(), since));
    }

    private KeyEntry entry(KeyId key) {
        KeyFacts facts = reader.keyFacts(key);
        return new KeyEntry(
                new KeyReference(key, facts.newestVersion()),
                facts.openRevocations().size(),
                reader.countUsers(key, MAX_COUNTED));
    }

    /// The open warnings about the tenant itself. There is one kind (R13).
    private List<StandingWarning> warnings(TenantState state) {
        return state.limitIncident()
                .map(open ->
                        List.of(StandingWarning.of(LIMIT_NEAR, open, record(open), () -> LimitWarning.message(state))))
                .orElse(List.of());
    }

    /// The last record of the incident, if it has been read.
    private Optional<ObjectNode> record(Incident open) {
        return view.timeline(tenant, Optional.empty(), Optional.empty(), RECORDS).entries().stream()
                .flatMap(entry -> outputs.readable(entry.output()).stream())
                .filter(OutputRecord.Published.class::isInstance)
                .map(output -> ((OutputRecord.Published) output).value())
                .filter(value -> PublishedRecords.isLastOf(value, LIMIT_NEAR, open))
                .findFirst();
    }
}
