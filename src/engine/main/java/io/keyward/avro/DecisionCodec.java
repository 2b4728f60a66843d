package io.keyward.avro;

import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Protection;
import io.keyward.domain.id.KeyReference;
import io.keyward.registry.wire.ArrayEncoder;

final class DecisionCodec {
    private static final SymbolPositions<EncryptionState> STATES =
            SymbolPositions.of(EncryptionState.class, io.keyward.decision.EncryptionState.getClassSchema());
    private static final SymbolPositions<PolicyStatus> STATUSES =
            SymbolPositions.of(PolicyStatus.class, io.keyward.decision.PolicyStatus.getClassSchema());
    private static final SymbolPositions<Component> COMPONENTS =
            SymbolPositions.of(Component.class, io.keyward.decision.Component.getClassSchema());
    private static final SymbolPositions<Protection> PROTECTIONS =
            SymbolPositions.of(Protection.class, io.keyward.decision.Protection.getClassSchema());

    private static final SymbolPositions<EnforcementStatus> ENFORCEMENT =
            SymbolPositions.of(EnforcementStatus.class, io.keyward.decision.EnforcementStatus.getClassSchema());

    private DecisionCodec() {}

    static void write(Publication.OfDecision publication, ArrayEncoder out) {
        var decision = publication.decision();
        out.writeString(publication.tenantId().value());
        out.writeString(publication.environmentId().value());
        out.writeLong(publication.revision());
        out.writeTime(publication.cause().occurredAt());
        out.writeEnum(STATES.of(decision.encryptionState()));
        out.writeEnum(STATUSES.of(decision.policyStatus()));
        out.writeOptional(decision.policyId(), (to, policy) -> to.writeString(policy.value()));
        out.writeOptional(decision.key(), DecisionCodec::key);
        out.writeOptional(decision.enabledSince(), ArrayEncoder::writeTime);
        out.writeOptional(decision.lockedSince(), ArrayEncoder::writeTime);
        out.writeOptional(decision.expectedDeletionAt(), ArrayEncoder::writeTime);
        var components = decision.components();
        out.writeList(components.keySet(), (to, component) -> component(to, component, components.get(component)));
        out.writeList(decision.retainUntil(), DecisionCodec::retained);
        out.writeList(publication.openWarnings(), ArrayEncoder::writeString);
        out.writeList(publication.suppressedSinks(), ArrayEncoder::writeString);
        out.writeString(publication.ruleProfile());
        OutputCodec.cause(publication.cause(), out);
        var enforcement = decision.enforcement();
        out.writeList(enforcement.keySet(), (to, component) -> enforcement(to, component, enforcement.get(component)));
        out.writeOptional(publication.environmentName(), ArrayEncoder::writeString);
    }

    private static void component(ArrayEncoder out, Component component, ComponentProtection protection) {
        out.writeEnum(COMPONENTS.of(component));
        out.writeEnum(PROTECTIONS.of(protection.protection()));
        out.writeString(protection.reason().name());
    }

    private static void enforcement(ArrayEncoder out, Component component, Enforcement reported) {
        out.writeEnum(COMPONENTS.of(component));
        out.writeEnum(ENFORCEMENT.of(reported.status()));
        out.writeTime(reported.desiredSince());
    }

    private static void key(ArrayEncoder out, KeyReference reference) {
        out.writeString(reference.key().vaultUri());
        out.writeString(reference.key().keyName());
        out.writeOptional(reference.version(), (to, version) -> to.writeString(version.value()));
    }

    private static void retained(ArrayEncoder out, Retention retention) {
        key(out, retention.key());
        out.writeTime(retention.until());
    }
}
