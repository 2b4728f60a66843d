package io.keyward.avro.state;

import io.keyward.avro.Symbols;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Protection;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/// The binary form of the last decision within the state of an environment.
final class DecisionStateCodec {

    private static final Symbols<EncryptionState> STATES = Symbols.stored(EncryptionState.class);
    private static final Symbols<PolicyStatus> STATUSES = Symbols.stored(PolicyStatus.class);
    static final Symbols<Component> COMPONENTS = Symbols.stored(Component.class);
    private static final Symbols<Protection> PROTECTIONS = Symbols.stored(Protection.class);

    private static final Symbols<EnforcementStatus> ENFORCEMENT = Symbols.stored(EnforcementStatus.class);

    private DecisionStateCodec() {}

    static void write(StateOutput out, Decision decision) {
        out.symbol(STATES, decision.encryptionState());
        out.symbol(STATUSES, decision.policyStatus());
        out.optional(decision.policyId(), StateOutput::policy);
        out.optional(decision.key(), StateOutput::reference);
        out.optional(decision.enabledSince(), StateOutput::time);
        out.optional(decision.lockedSince(), StateOutput::time);
        out.optional(decision.expectedDeletionAt(), StateOutput::time);
        var components = decision.components();
        out.list(components.keySet(), (to, component) -> {
            ComponentProtection protection = components.get(component);
            to.symbol(COMPONENTS, component);
            to.symbol(PROTECTIONS, protection.protection());
            to.symbol(PublishedStateCodec.RULES, protection.reason());
        });
        out.list(decision.retainUntil(), (to, retention) -> {
            to.reference(retention.key());
            to.time(retention.until());
        });
        var enforcement = decision.enforcement();
        out.list(enforcement.keySet(), (to, component) -> {
            Enforcement reported = enforcement.get(component);
            to.symbol(COMPONENTS, component);
            to.symbol(ENFORCEMENT, reported.status());
            to.time(reported.desiredSince());
        });
    }

    static Decision read(StateInput in) throws IOException {
        return new Decision(
                in.symbol(STATES),
                in.symbol(STATUSES),
                in.optional(StateInput::policy),
                in.optional(StateInput::reference),
                in.optional(StateInput::time),
                in.optional(StateInput::time),
                in.optional(StateInput::time),
                components(
                        in,
                        from -> ComponentProtection.of(
                                from.symbol(PROTECTIONS), from.symbol(PublishedStateCodec.RULES))),
                in.list(from -> new Retention(from.reference(), from.time())),
                components(in, from -> new Enforcement(from.symbol(ENFORCEMENT), from.time())));
    }

    private static <V> Map<Component, V> components(StateInput in, StateInput.Part<V> part) throws IOException {
        return in.map(Map.of(), () -> new EnumMap<>(Component.class), from -> from.symbol(COMPONENTS), part);
    }
}
