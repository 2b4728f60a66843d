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
    private static final Symbols<EncryptionState> STATES = Symbols.published(EncryptionState.class);
    private static final Symbols<PolicyStatus> STATUSES = Symbols.published(PolicyStatus.class);
    private static final Symbols<Component> COMPONENTS = Symbols.published(Component.class);
    private static final Symbols<Protection> PROTECTIONS = Symbols.published(Protection.class);
    private static final Symbols<EnforcementStatus> ENFORCEMENT = Symbols.published(EnforcementStatus.class);

    private DecisionCodec() {}

    static void write(Publication.OfDecision publication, ArrayEncoder out) {
        var decision = publication.decision();
        out.writeString(publication.tenantId().value());
        out.writeString(publication.environmentId().orElseThrow().value());
        out.writeLong(publication.revision());
        out.writeTime(publication.cause().occurredAt());
        out.writeEnum(STATES.position(decision.encryptionState()));
        out.writeEnum(STATUSES.position(decision.policyStatus()));
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
        out.writeOptional(publication.about().environmentName(), ArrayEncoder::writeString);
    }

    private static void component(ArrayEncoder out, Component component, ComponentProtection protection) {
        out.writeEnum(COMPONENTS.position(component));
        out.writeEnum(PROTECTIONS.position(protection.protection()));
        out.writeString(protection.reason().name());
    }

    private static void enforcement(ArrayEncoder out, Component component, Enforcement reported) {
        out.writeEnum(COMPONENTS.position(component));
        out.writeEnum(ENFORCEMENT.position(reported.status()));
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
