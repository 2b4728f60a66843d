package io.keyward.avro.state;

import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.fact.Register;
import java.io.IOException;
import java.util.Optional;

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
                in.isFrom(8)
                        ? in.optional(PublishedStateCodec::incident)
                        : in.optional(StateInput::time)
                                .map(at -> Incident.ofFormerRelease(WarningCode.ENVIRONMENT_LIMIT_NEAR, at)),
                in.isFrom(3) ? in.optional(StateInput::time) : Optional.empty(),
                incidents(in));
    }

    /// Forms before 8 say only whether there was one, and those before 5 not even that.
    private static int incidents(StateInput in) throws IOException {
        if (in.isFrom(8)) {
            return in.number();
        }
        return !in.isFrom(5) || in.flag() ? 1 : 0;
    }
}
