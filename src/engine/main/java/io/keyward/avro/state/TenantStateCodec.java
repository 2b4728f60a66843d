package io.keyward.avro.state;

import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.Register;
import java.io.IOException;

/// The binary form of the state of a tenant: `state/TenantState.avsc`.
final class TenantStateCodec {

    private TenantStateCodec() {}

    static void write(StateOutput out, TenantState state) {
        out.optional(state.statedLimit(), (to, limit) -> {
            to.stamp(limit.stamp());
            to.number(limit.value());
        });
        out.number(state.slotsUsed());
        out.optional(state.limitIncident(), PublishedStateCodec::incident);
        out.optional(state.timeReached(), StateOutput::time);
        out.number(state.limitIncidents());
    }

    static TenantState read(StateInput in) throws IOException {
        return new TenantState(
                in.optional(from -> new Register<>(from.stamp(), from.number())),
                in.number(),
                in.optional(PublishedStateCodec::incident),
                in.optional(StateInput::time),
                in.number());
    }
}
