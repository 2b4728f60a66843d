package io.keyward.avro;

import io.keyward.decision.AnalyticsSuppression;
import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.Warning;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.IncidentId;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Protection;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/// Reads the records of the output topics back as publications.
public final class PublicationReader {
    private PublicationReader() {}

    /// The publication in a record of an output topic.
    ///
    /// @throws IllegalArgumentException if the record is not a publication, or contains a name that this release
    ///     does not know
    public static Publication.Stated read(IndexedRecord value) {
        return switch (value) {
            case EncryptionDecision decision -> decision(decision);
            case Warning warning -> warning(warning);
            case AnalyticsSuppression suppression -> signal(suppression);
            default -> throw new IllegalArgumentException(value.getSchema().getFullName() + " is not an output");
        };
    }

    /// @param environment null for a warning about the tenant
    private static Publication.About about(
            String tenant, String environment, Optional<String> name, String profile, io.keyward.decision.Cause cause) {
        return new Publication.About(
                new TenantId(tenant),
                Optional.ofNullable(environment).map(EnvironmentId::new),
                name,
                profile,
                new Cause(
                        cause.getEventType(),
                        cause.getEventId(),
                        cause.getOccurredAt(),
                        cause.getTopic(),
                        cause.getPartition(),
                        cause.getOffset()));
    }

    private static Publication.Stated decision(EncryptionDecision value) {
        var decision = new Decision(
                EncryptionState.valueOf(value.getEncryptionState().name()),
                PolicyStatus.valueOf(value.getPolicyStatus().name()),
                Optional.ofNullable(value.getPolicyId()).map(PolicyId::new),
                Optional.ofNullable(value.getKey())
                        .map(key -> reference(key.getVaultUri(), key.getKeyName(), key.getKeyVersion())),
                Optional.ofNullable(value.getEnabledSince()),
                Optional.ofNullable(value.getLockedSince()),
                Optional.ofNullable(value.getExpectedDeletionAt()),
                components(value.getComponents()),
                value.getRetainUntil().stream()
                        .map(key -> new Retention(
                                reference(key.getVaultUri(), key.getKeyName(), key.getKeyVersion()), key.getUntil()))
                        .toList(),
                enforcement(value.getEnforcement()));
        return new Publication.OfDecision(
                value.getRevision(),
                decision,
                List.copyOf(value.getOpenWarnings()),
                List.copyOf(value.getSuppressedSinks()),
                about(
                        value.getTenantId(),
                        value.getEnvironmentId(),
                        Optional.ofNullable(value.getEnvironmentName()),
                        value.getRuleProfile(),
                        value.getCause()));
    }

    private static Map<Component, Enforcement> enforcement(List<io.keyward.decision.Enforcement> reported) {
        Map<Component, Enforcement> enforcement = new EnumMap<>(Component.class);
        reported.forEach(one -> enforcement.put(
                Component.valueOf(one.getComponent().name()),
                new Enforcement(EnforcementStatus.valueOf(one.getStatus().name()), one.getDesiredSince())));
        return enforcement;
    }

    private static Map<Component, ComponentProtection> components(
            List<io.keyward.decision.ComponentProtection> protections) {
        Map<Component, ComponentProtection> components = new EnumMap<>(Component.class);
        protections.forEach(protection -> components.put(
                Component.valueOf(protection.getComponent().name()),
                ComponentProtection.of(
                        Protection.valueOf(protection.getProtection().name()), Rule.valueOf(protection.getReason()))));
        return components;
    }

    private static KeyReference reference(String vaultUri, String keyName, String version) {
        return new KeyReference(
                new KeyId(vaultUri, keyName), Optional.ofNullable(version).map(KeyVersion::new));
    }

    private static Publication.Stated signal(AnalyticsSuppression value) {
        Signal.Action action = switch (value.getAction()) {
            case SUPPRESS -> Signal.Action.SUPPRESS;
            case ALLOW -> Signal.Action.ALLOW;
            case UNKNOWN -> throw new IllegalArgumentException("this release does not know the action");
        };
        return new Publication.OfSignal(
                value.getSink(),
                new Signal(action, value.getEffectiveFrom(), gaps(value)),
                Rule.valueOf(value.getReason()),
                value.getRevision(),
                about(
                        value.getTenantId(),
                        value.getEnvironmentId(),
                        Optional.empty(),
                        value.getRuleProfile(),
                        value.getCause()));
    }

    private static List<TimeRange> gaps(AnalyticsSuppression value) {
        return value.getGaps().stream()
                .map(gap -> new TimeRange(Optional.ofNullable(gap.getFrom()).orElse(Instant.MIN), gap.getUntil()))
                .toList();
    }

    /// Records do not contain the value that a later update is compared with; it is 0 here.
    private static Publication.Stated warning(Warning value) {
        return new Publication.OfWarning(
                WarningCode.valueOf(value.getCode()),
                new Incident(
                        IncidentId.parse(value.getIncident()),
                        value.getSequence(),
                        value.getRaisedAt(),
                        Severity.valueOf(value.getSeverity().name()),
                        value.getSubjects(),
                        value.getSubjectCount(),
                        0),
                value.getMessage(),
                Optional.ofNullable(value.getClearedAt()),
                about(
                        value.getTenantId(),
                        value.getEnvironmentId(),
                        Optional.ofNullable(value.getEnvironmentName()),
                        value.getRuleProfile(),
                        value.getCause()));
    }
}
