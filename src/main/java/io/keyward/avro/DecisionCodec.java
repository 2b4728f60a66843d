package io.keyward.avro;

import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.RetainedKey;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Protection;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import java.util.ArrayList;
import java.util.List;

final class DecisionCodec {
    private static final EnumMapping<EncryptionState, io.keyward.decision.EncryptionState> STATES =
            EnumMapping.of(EncryptionState.class, io.keyward.decision.EncryptionState.class);
    private static final EnumMapping<PolicyStatus, io.keyward.decision.PolicyStatus> STATUSES =
            EnumMapping.of(PolicyStatus.class, io.keyward.decision.PolicyStatus.class);
    private static final EnumMapping<Component, io.keyward.decision.Component> COMPONENTS =
            EnumMapping.of(Component.class, io.keyward.decision.Component.class);
    private static final EnumMapping<Protection, io.keyward.decision.Protection> PROTECTIONS =
            EnumMapping.of(Protection.class, io.keyward.decision.Protection.class);

    private static final EnumMapping<EnforcementStatus, io.keyward.decision.EnforcementStatus> ENFORCEMENT =
            EnumMapping.of(EnforcementStatus.class, io.keyward.decision.EnforcementStatus.class);

    private DecisionCodec() {}

    static EncryptionDecision write(Publication.OfDecision publication) {
        var decision = publication.decision();
        return new EncryptionDecision(
                publication.tenantId().value(),
                publication.environmentId().value(),
                publication.revision(),
                publication.cause().occurredAt(),
                STATES.of(decision.encryptionState()),
                STATUSES.of(decision.policyStatus()),
                decision.policyId().map(PolicyId::value).orElse(null),
                decision.key().map(DecisionCodec::key).orElse(null),
                decision.enabledSince().orElse(null),
                decision.lockedSince().orElse(null),
                decision.expectedDeletionAt().orElse(null),
                components(decision),
                decision.retainUntil().stream().map(DecisionCodec::retained).toList(),
                publication.openWarnings(),
                publication.suppressedSinks(),
                publication.ruleProfile(),
                OutputCodec.cause(publication.cause()),
                enforcement(decision));
    }

    private static List<io.keyward.decision.ComponentProtection> components(Decision decision) {
        List<io.keyward.decision.ComponentProtection> components =
                new ArrayList<>(decision.components().size());
        decision.components()
                .forEach((component, protection) -> components.add(new io.keyward.decision.ComponentProtection(
                        COMPONENTS.of(component),
                        PROTECTIONS.of(protection.protection()),
                        protection.reason().name())));
        return components;
    }

    private static List<io.keyward.decision.Enforcement> enforcement(Decision decision) {
        List<io.keyward.decision.Enforcement> enforcement =
                new ArrayList<>(decision.enforcement().size());
        decision.enforcement()
                .forEach((component, reported) -> enforcement.add(new io.keyward.decision.Enforcement(
                        COMPONENTS.of(component), ENFORCEMENT.of(reported.status()), reported.desiredSince())));
        return enforcement;
    }

    private static io.keyward.decision.KeyReference key(KeyReference key) {
        return new io.keyward.decision.KeyReference(
                key.key().vaultUri(), key.key().keyName(), version(key));
    }

    private static RetainedKey retained(Retention retention) {
        var key = retention.key();
        return new RetainedKey(key.key().vaultUri(), key.key().keyName(), version(key), retention.until());
    }

    private static String version(KeyReference key) {
        return key.version().map(KeyVersion::value).orElse(null);
    }
}
