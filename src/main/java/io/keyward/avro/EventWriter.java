package io.keyward.avro;

import io.keyward.domain.event.Event;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.event.EnvironmentChanged;
import io.keyward.event.EnvironmentType;
import io.keyward.event.KeyExpiring;
import io.keyward.event.KeyRestored;
import io.keyward.event.KeyRevoked;
import io.keyward.event.KeyRotated;
import io.keyward.event.Lifecycle;
import io.keyward.event.PolicyApplied;
import io.keyward.event.PolicyRemoved;
import io.keyward.event.RevocationCause;
import io.keyward.event.TenantErased;
import io.keyward.event.TenantLimitChanged;
import io.keyward.event.TimeReached;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/// Writes events as the records of the input topics.
public final class EventWriter {
    private EventWriter() {}

    /// The record of the event.
    ///
    /// @param source the service that sends the event; may be empty
    public static SpecificRecord write(Event event, String source) {
        return switch (event) {
            case Event.PolicyApplied e ->
                new PolicyApplied(
                        eventId(e),
                        tenantId(e),
                        e.occurredAt(),
                        source,
                        e.environmentId().value(),
                        e.policyId().value(),
                        reference(e.key()));
            case Event.PolicyRemoved e ->
                new PolicyRemoved(
                        eventId(e),
                        tenantId(e),
                        e.occurredAt(),
                        source,
                        e.environmentId().value(),
                        e.policyId().value());
            case Event.EnforcementReported e -> ReportCodec.write(e, source);
            case Event.EnvironmentChanged e -> snapshot(e, source);
            case Event.TenantLimitChanged e ->
                new TenantLimitChanged(eventId(e), tenantId(e), e.occurredAt(), source, e.environmentLimit(), null);
            case Event.TenantErased e -> new TenantErased(eventId(e), tenantId(e), e.occurredAt(), source);
            case Event.TimeReached e -> new TimeReached(eventId(e), tenantId(e), e.occurredAt(), source, e.dueAt());
            case Event.KeyRotated e ->
                new KeyRotated(
                        eventId(e),
                        tenantId(e),
                        e.occurredAt(),
                        source,
                        e.key().vaultUri(),
                        e.key().keyName(),
                        e.newVersion().value(),
                        version(e.previousVersion()),
                        e.expiresAt().orElse(null));
            case Event.KeyRevoked e ->
                new KeyRevoked(
                        eventId(e),
                        tenantId(e),
                        e.occurredAt(),
                        source,
                        e.key().vaultUri(),
                        e.key().keyName(),
                        version(e.version()),
                        EnumMapping.in(RevocationCause.class, e.cause()));
            case Event.KeyRestored e ->
                new KeyRestored(
                        eventId(e),
                        tenantId(e),
                        e.occurredAt(),
                        source,
                        e.key().vaultUri(),
                        e.key().keyName(),
                        version(e.version()),
                        e.cause()
                                .map(cause -> EnumMapping.in(RevocationCause.class, cause))
                                .orElse(null));
            case Event.KeyExpiring e ->
                new KeyExpiring(
                        eventId(e),
                        tenantId(e),
                        e.occurredAt(),
                        source,
                        e.key().vaultUri(),
                        e.key().keyName(),
                        e.version().value(),
                        e.expiresAt());
        };
    }

    private static EnvironmentChanged snapshot(Event.EnvironmentChanged event, String source) {
        var snapshot = event.snapshot();
        return EnvironmentChanged.newBuilder()
                .setEventId(eventId(event))
                .setTenantId(tenantId(event))
                .setOccurredAt(event.occurredAt())
                .setSource(source)
                .setEnvironmentId(event.environmentId().value())
                .setType(EnumMapping.in(EnvironmentType.class, snapshot.type()))
                .setManaged(snapshot.managed())
                .setLifecycle(EnumMapping.in(Lifecycle.class, snapshot.lifecycle()))
                .setRuntimeEnabled(event.runtimeEnabled())
                .setCloudFlows(SnapshotCodec.flows(snapshot.cloudFlows()))
                .setDesktopFlows(SnapshotCodec.flows(snapshot.desktopFlows()))
                .setNonOAuthConnections(snapshot.nonOAuthConnections())
                .setHostedMachineGroups(SnapshotCodec.groups(snapshot))
                .setHostedMachines(snapshot.hostedMachines())
                .setFlowMigration(
                        snapshot.flowMigration().map(SnapshotCodec::migration).orElse(null))
                .build();
    }

    private static String eventId(Event event) {
        return event.stamp().eventId().value();
    }

    private static String tenantId(Event event) {
        return event.tenantId().value();
    }

    static io.keyward.event.KeyReference reference(KeyReference key) {
        return new io.keyward.event.KeyReference(key.key().vaultUri(), key.key().keyName(), version(key.version()));
    }

    private static String version(Optional<KeyVersion> version) {
        return version.map(KeyVersion::value).orElse(null);
    }
}
