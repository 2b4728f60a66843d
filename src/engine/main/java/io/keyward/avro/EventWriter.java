package io.keyward.avro;

import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.event.KeyExpiring;
import io.keyward.event.KeyRestored;
import io.keyward.event.KeyRevoked;
import io.keyward.event.KeyRotated;
import io.keyward.event.PolicyApplied;
import io.keyward.event.PolicyRemoved;
import io.keyward.event.TenantErased;
import io.keyward.event.TenantLimitChanged;
import io.keyward.event.TimeReached;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/// Writes events as the records of the input topics.
public final class EventWriter {
    /// Every event begins with its id, its tenant, its time and its source.
    private static final int COMMON_FIELDS = 4;

    private EventWriter() {}

    /// The record of the event.
    ///
    /// @param source the service that sends the event; may be empty
    public static SpecificRecord write(Event event, String source) {
        SpecificRecord record = ownFields(event);
        put(record, 0, event.stamp().eventId().value(), event.tenantId().value(), event.occurredAt(), source);
        return record;
    }

    /// The record without the fields that every event begins with.
    private static SpecificRecord ownFields(Event event) {
        return switch (event) {
            case Event.PolicyApplied e ->
                of(new PolicyApplied(), e.environmentId().value(), e.policyId().value(), reference(e.key()));
            case Event.PolicyRemoved e ->
                of(new PolicyRemoved(), e.environmentId().value(), e.policyId().value());
            case Event.EnforcementReported e -> ReportCodec.write(e);
            case Event.EnvironmentChanged e -> SnapshotCodec.write(e);
            case Event.TenantLimitChanged e -> of(new TenantLimitChanged(), e.environmentLimit());
            case Event.TenantErased _ -> new TenantErased();
            case Event.TimeReached e -> of(new TimeReached(), e.dueAt());
            case Event.KeyRotated e ->
                ofKey(new KeyRotated(), e, e.newVersion().value(), version(e.previousVersion()), e.expiresAt());
            case Event.KeyRevoked e -> ofKey(new KeyRevoked(), e, version(e.version()), cause(e.cause()));
            case Event.KeyRestored e ->
                ofKey(new KeyRestored(), e, version(e.version()), e.cause().map(EventWriter::cause));
            case Event.KeyExpiring e -> ofKey(new KeyExpiring(), e, e.version().value(), e.expiresAt());
        };
    }

    /// Sets the record's own fields to these values, in the order of the schema. An empty
    /// [Optional] becomes null.
    static SpecificRecord of(SpecificRecord record, Object... own) {
        put(record, COMMON_FIELDS, own);
        return record;
    }

    private static SpecificRecord ofKey(SpecificRecord record, Event.OfKey event, Object... own) {
        put(record, COMMON_FIELDS, event.key().vaultUri(), event.key().keyName());
        put(record, COMMON_FIELDS + 2, own);
        return record;
    }

    private static void put(SpecificRecord record, int from, Object... values) {
        for (int i = 0; i < values.length; i++) {
            record.put(from + i, values[i] instanceof Optional<?> some ? some.orElse(null) : values[i]);
        }
    }

    private static io.keyward.event.RevocationCause cause(RevocationCause cause) {
        return io.keyward.event.RevocationCause.valueOf(cause.name());
    }

    static io.keyward.event.KeyReference reference(KeyReference key) {
        return new io.keyward.event.KeyReference(key.key().vaultUri(), key.key().keyName(), version(key.version()));
    }

    private static String version(Optional<KeyVersion> version) {
        return version.map(KeyVersion::value).orElse(null);
    }
}
