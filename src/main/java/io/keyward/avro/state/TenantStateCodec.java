package io.keyward.avro.state;

import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.Register;
import java.io.IOException;
import java.util.Optional;

/// The binary form of the state of a tenant: `state/TenantState.avsc`.
final class TenantStateCodec {

    private TenantStateCodec() {}

    static void write(StateOutput out, TenantState state) {
        out.optional(state.statedLimit(), TenantStateCodec::limit);
        out.number(state.slotsUsed());
        out.optional(state.limitNearSince(), StateOutput::time);
        out.optional(state.timeReached(), StateOutput::time);
        out.flag(state.limitTold());
    }

    static TenantState read(StateInput in) throws IOException {
        return new TenantState(
                in.optional(TenantStateCodec::limit),
                in.number(),
                in.optional(StateInput::time),
                in.isFrom(3) ? in.optional(StateInput::time) : Optional.empty(),
                !in.isFrom(5) || in.flag());
    }

    private static void limit(StateOutput out, Register<Integer> limit) {
        FactStateCodec.stamp(out, limit.stamp());
        out.number(limit.value());
    }

    private static Register<Integer> limit(StateInput in) throws IOException {
        return new Register<>(FactStateCodec.stamp(in), in.number());
    }
}
