package io.keyward.avro;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.Identifiers;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import io.keyward.domain.id.TenantId;
import io.keyward.event.EnforcementReported;
import io.keyward.event.EnvironmentChanged;
import io.keyward.event.KeyExpiring;
import io.keyward.event.KeyRestored;
import io.keyward.event.KeyRevoked;
import io.keyward.event.KeyRotated;
import io.keyward.event.PolicyApplied;
import io.keyward.event.PolicyRemoved;
import io.keyward.event.TenantErased;
import io.keyward.event.TenantLimitChanged;
import io.keyward.event.TimeReached;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/// Converts records of the input topics to events, and events to records.
///
/// Fields that no rule uses (source, display name, region, ticket) are ignored when read, and left empty when
/// written.
public final class EventCodec {
    private EventCodec() {}

    /// The event in a record of an input topic.
    ///
    /// @throws RefusedException if an identifier or a field is invalid (the exception names it by its path in
    ///     the schema), or if the record does not belong to an input topic
    public static Event read(IndexedRecord value) {
        return switch (value) {
            case PolicyApplied e ->
                new Event.PolicyApplied(
                        tenant(e.getTenantId()),
                        stamp(e.getOccurredAt(), e.getEventId()),
                        environment(e.getEnvironmentId()),
                        policy(e.getPolicyId()),
                        reference(e.getKey()));
            case PolicyRemoved e ->
                new Event.PolicyRemoved(
                        tenant(e.getTenantId()),
                        stamp(e.getOccurredAt(), e.getEventId()),
                        environment(e.getEnvironmentId()),
                        policy(e.getPolicyId()));
            case EnvironmentChanged e ->
                new Event.EnvironmentChanged(
                        tenant(e.getTenantId()),
                        stamp(e.getOccurredAt(), e.getEventId()),
                        environment(e.getEnvironmentId()),
                        SnapshotCodec.read(e),
                        e.getRuntimeEnabled());
            case EnforcementReported e ->
                new Event.EnforcementReported(
                        tenant(e.getTenantId()),
                        stamp(e.getOccurredAt(), e.getEventId()),
                        environment(e.getEnvironmentId()),
                        ReportCodec.component(e),
                        PartName.parse("part", e.getPart()),
                        ReportCodec.read(e),
                        ReportCodec.parts(e));
            case TenantLimitChanged e ->
                new Event.TenantLimitChanged(
                        tenant(e.getTenantId()), stamp(e.getOccurredAt(), e.getEventId()), e.getEnvironmentLimit());
            case TenantErased e ->
                new Event.TenantErased(tenant(e.getTenantId()), stamp(e.getOccurredAt(), e.getEventId()));
            case TimeReached e ->
                Event.TimeReached.parse(tenant(e.getTenantId()), e.getOccurredAt(), e.getEventId(), e.getDueAt());
            case KeyRotated e ->
                new Event.KeyRotated(
                        tenant(e.getTenantId()),
                        stamp(e.getOccurredAt(), e.getEventId()),
                        KeyId.parse("", e.getVaultUri(), e.getKeyName()),
                        KeyVersion.parse("newVersion", e.getNewVersion()),
                        version("previousVersion", e.getPreviousVersion()),
                        Optional.ofNullable(e.getExpiresAt()));
            case KeyRevoked e ->
                new Event.KeyRevoked(
                        tenant(e.getTenantId()),
                        stamp(e.getOccurredAt(), e.getEventId()),
                        KeyId.parse("", e.getVaultUri(), e.getKeyName()),
                        version("keyVersion", e.getKeyVersion()),
                        EnumMapping.in(RevocationCause.class, e.getCause()));
            case KeyRestored e ->
                new Event.KeyRestored(
                        tenant(e.getTenantId()),
                        stamp(e.getOccurredAt(), e.getEventId()),
                        KeyId.parse("", e.getVaultUri(), e.getKeyName()),
                        version("keyVersion", e.getKeyVersion()),
                        Optional.ofNullable(e.getCause()).map(cause -> EnumMapping.in(RevocationCause.class, cause)));
            case KeyExpiring e ->
                new Event.KeyExpiring(
                        tenant(e.getTenantId()),
                        stamp(e.getOccurredAt(), e.getEventId()),
                        KeyId.parse("", e.getVaultUri(), e.getKeyName()),
                        KeyVersion.parse("keyVersion", e.getKeyVersion()),
                        e.getExpiresAt());
            default ->
                throw new RefusedException(
                        RefusalCode.WRONG_SCHEMA,
                        value.getSchema().getFullName() + " is not an event; expected a record of an input topic.");
        };
    }

    private static TenantId tenant(String id) {
        return new TenantId(Identifiers.parse("tenantId", id));
    }

    private static EnvironmentId environment(String id) {
        return new EnvironmentId(Identifiers.parse("environmentId", id));
    }

    private static PolicyId policy(String id) {
        return new PolicyId(Identifiers.parse("policyId", id));
    }

    private static Stamp stamp(Instant occurredAt, String eventId) {
        return new Stamp(occurredAt, new EventId(Identifiers.parse("eventId", eventId)));
    }

    private static KeyReference reference(io.keyward.event.KeyReference key) {
        return new KeyReference(
                KeyId.parse("key.", key.getVaultUri(), key.getKeyName()),
                version("key.keyVersion", key.getKeyVersion()));
    }

    static Optional<KeyVersion> version(String field, String version) {
        return Optional.ofNullable(version).map(text -> KeyVersion.parse(field, text));
    }
}
