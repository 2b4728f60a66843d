package io.keyward.avro;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
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
import io.keyward.event.TenantErased;
import io.keyward.event.TenantLimitChanged;
import io.keyward.event.TimeReached;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/// Writes events as the records of the input topics.
public final class EventWriter {
    private EventWriter() {}

    /// The record of the event.
    ///
    /// @param source the service that sends the event; may be empty
    public static SpecificRecord write(Event event, String source) {
        String id = event.stamp().eventId().value();
        String tenant = event.tenantId().value();
        Instant at = event.occurredAt();
        return switch (event) {
            case Event.PolicyApplied e ->
                new PolicyApplied(
                        id,
                        tenant,
                        at,
                        source,
                        e.environmentId().value(),
                        e.policyId().value(),
                        reference(e.key()));
            case Event.PolicyRemoved e ->
                new PolicyRemoved(
                        id,
                        tenant,
                        at,
                        source,
                        e.environmentId().value(),
                        e.policyId().value());
            case Event.EnforcementReported e -> ReportCodec.write(e, source);
            case Event.EnvironmentChanged e -> snapshot(e, source);
            case Event.TenantLimitChanged e ->
                new TenantLimitChanged(id, tenant, at, source, e.environmentLimit(), null);
            case Event.TenantErased _ -> new TenantErased(id, tenant, at, source);
            case Event.TimeReached e -> new TimeReached(id, tenant, at, source, e.dueAt());
            case Event.KeyRotated e ->
                new KeyRotated(
                        id,
                        tenant,
                        at,
                        source,
                        e.key().vaultUri(),
                        e.key().keyName(),
                        e.newVersion().value(),
                        version(e.previousVersion()),
                        e.expiresAt().orElse(null));
            case Event.KeyRevoked e ->
                new KeyRevoked(
                        id,
                        tenant,
                        at,
                        source,
                        e.key().vaultUri(),
                        e.key().keyName(),
                        version(e.version()),
                        cause(e.cause()));
            case Event.KeyRestored e ->
                new KeyRestored(
                        id,
                        tenant,
                        at,
                        source,
                        e.key().vaultUri(),
                        e.key().keyName(),
                        version(e.version()),
                        e.cause().map(EventWriter::cause).orElse(null));
            case Event.KeyExpiring e ->
                new KeyExpiring(
                        id,
                        tenant,
                        at,
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
                .setEventId(event.stamp().eventId().value())
                .setTenantId(event.tenantId().value())
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

    private static io.keyward.event.RevocationCause cause(RevocationCause cause) {
        return EnumMapping.in(io.keyward.event.RevocationCause.class, cause);
    }

    static io.keyward.event.KeyReference reference(KeyReference key) {
        return new io.keyward.event.KeyReference(key.key().vaultUri(), key.key().keyName(), version(key.version()));
    }

    private static String version(Optional<KeyVersion> version) {
        return version.map(KeyVersion::value).orElse(null);
    }
}
