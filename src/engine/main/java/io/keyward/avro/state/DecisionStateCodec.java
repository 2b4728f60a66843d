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
        out.list(components.keySet(), (to, component) -> component(to, component, components.get(component)));
        out.list(decision.retainUntil(), DecisionStateCodec::retention);
        var enforcement = decision.enforcement();
        out.list(enforcement.keySet(), (to, component) -> enforcement(to, component, enforcement.get(component)));
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
                components(in, DecisionStateCodec::protection),
                in.list(DecisionStateCodec::retention),
                in.isFrom(4) ? components(in, DecisionStateCodec::enforcement) : Map.of());
    }

    private static void enforcement(StateOutput out, Component component, Enforcement reported) {
        out.symbol(COMPONENTS, component);
        out.symbol(ENFORCEMENT, reported.status());
        out.time(reported.desiredSince());
    }

    private static Enforcement enforcement(StateInput in) throws IOException {
        return new Enforcement(in.symbol(ENFORCEMENT), in.time());
    }

    private static void component(StateOutput out, Component component, ComponentProtection protection) {
        out.symbol(COMPONENTS, component);
        out.symbol(PROTECTIONS, protection.protection());
        out.symbol(PublishedStateCodec.RULES, protection.reason());
    }

    private static <V> Map<Component, V> components(StateInput in, StateInput.Part<V> part) throws IOException {
        return in.map(Map.of(), () -> new EnumMap<>(Component.class), DecisionStateCodec::component, part);
    }

    static Component component(StateInput in) throws IOException {
        return in.symbol(COMPONENTS);
    }

    private static ComponentProtection protection(StateInput in) throws IOException {
        return ComponentProtection.of(in.symbol(PROTECTIONS), in.symbol(PublishedStateCodec.RULES));
    }

    private static void retention(StateOutput out, Retention retention) {
        out.reference(retention.key());
        out.time(retention.until());
    }

    private static Retention retention(StateInput in) throws IOException {
        return new Retention(in.reference(), in.time());
    }
}
