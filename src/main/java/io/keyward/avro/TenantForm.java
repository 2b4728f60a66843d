package io.keyward.avro;

import io.keyward.domain.Register;
import io.keyward.domain.TenantState;
import java.io.IOException;

/// How the state of a tenant lies in its bytes: `state/TenantState.avsc`.
final class TenantForm {

    private TenantForm() {}

    static void write(StateOutput out, TenantState state) throws IOException {
        out.optional(state.stated(), TenantForm::limit);
        out.number(state.slotsUsed());
        out.optional(state.limitNearSince(), StateOutput::time);
    }

    static TenantState read(StateInput in) throws IOException {
        return new TenantState(in.optional(TenantForm::limit), in.number(), in.optional(StateInput::time));
    }

    private static void limit(StateOutput out, Register<Integer> limit) throws IOException {
        FactForm.stamp(out, limit.stamp());
        out.number(limit.value());
    }

    private static Register<Integer> limit(StateInput in) throws IOException {
        return new Register<>(FactForm.stamp(in), in.number());
    }
}
