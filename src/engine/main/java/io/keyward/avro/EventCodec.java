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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/// Converts records of the input topics to events, and events to records.
///
/// Fields that no rule uses (source, display name, region, ticket) are ignored when read, and left empty when
/// written.
public final class EventCodec {
    private static final long CENTURY = Duration.ofDays(36_524).toSeconds();

    // Every event begins with these fields.
    private static final int EVENT_ID = 0;
    private static final int TENANT_ID = 1;
    private static final int OCCURRED_AT = 2;

    // After the source come the fields that identify the environment or the key.
    private static final int ENVIRONMENT_ID = 4;
    private static final int VAULT_URI = 4;
    private static final int KEY_NAME = 5;

    private EventCodec() {}

    /// The event in a record of an input topic.
    ///
    /// @throws RefusedException if an identifier or a field is invalid (the message contains its path in the
    ///     schema), or if the record does not belong to an input topic
    public static Event read(IndexedRecord value) {
        return switch (value) {
            case PolicyApplied e ->
                new Event.PolicyApplied(
                        tenant(e), stamp(e), environment(e), policy(e.getPolicyId()), reference(e.getKey()));
            case PolicyRemoved e ->
                new Event.PolicyRemoved(tenant(e), stamp(e), environment(e), policy(e.getPolicyId()));
            case EnvironmentChanged e ->
                new Event.EnvironmentChanged(
                        tenant(e), stamp(e), environment(e), SnapshotCodec.read(e), e.getRuntimeEnabled());
            case EnforcementReported e ->
                new Event.EnforcementReported(
                        tenant(e),
                        stamp(e),
                        environment(e),
                        ReportCodec.component(e),
                        PartName.parse("part", e.getPart()),
                        ReportCodec.read(e),
                        list("parts[", "]", e.getParts(), PartName::parse));
            case TenantLimitChanged e -> new Event.TenantLimitChanged(tenant(e), stamp(e), e.getEnvironmentLimit());
            case TenantErased e -> new Event.TenantErased(tenant(e), stamp(e));
            case TimeReached e -> Event.TimeReached.parse(tenant(e), e.getOccurredAt(), e.getEventId(), e.getDueAt());
            case KeyRotated e ->
                new Event.KeyRotated(
                        tenant(e),
                        stamp(e),
                        key(e),
                        KeyVersion.parse("newVersion", e.getNewVersion()),
                        version("previousVersion", e.getPreviousVersion()),
                        Optional.ofNullable(e.getExpiresAt()));
            case KeyRevoked e ->
                new Event.KeyRevoked(
                        tenant(e),
                        stamp(e),
                        key(e),
                        version("keyVersion", e.getKeyVersion()),
                        RevocationCause.valueOf(e.getCause().name()));
            case KeyRestored e ->
                new Event.KeyRestored(
                        tenant(e),
                        stamp(e),
                        key(e),
                        version("keyVersion", e.getKeyVersion()),
                        Optional.ofNullable(e.getCause()).map(cause -> RevocationCause.valueOf(cause.name())));
            case KeyExpiring e ->
                new Event.KeyExpiring(
                        tenant(e),
                        stamp(e),
                        key(e),
                        KeyVersion.parse("keyVersion", e.getKeyVersion()),
                        e.getExpiresAt());
            default ->
                throw new RefusedException(
                        RefusalCode.WRONG_SCHEMA,
                        value.getSchema().getFullName() + " is not an event; expected a record of an input topic.");
        };
    }

    /// As [#read(IndexedRecord)], but refuses an event with a time before `minTime`. A time event is accepted
    /// with any time, because the processor would write a refused one again and again.
    public static Event read(IndexedRecord value, Instant minTime) {
        Event event = read(value);
        if (!(value instanceof TimeReached)) {
            requireTimes("", value, minTime);
        }
        return event;
    }

    private static void requireTimes(String path, IndexedRecord value, Instant minTime) {
        for (Schema.Field field : value.getSchema().getFields()) {
            switch (value.get(field.pos())) {
                case Instant time when time.isBefore(minTime) -> throw tooEarly(path + field.name(), time, minTime);
                case IndexedRecord nested -> requireTimes(path + field.name() + ".", nested, minTime);
                case List<?> list -> {
                    for (int i = 0; i < list.size(); i++) {
                        if (list.get(i) instanceof IndexedRecord each) {
                            requireTimes(path + field.name() + "[" + i + "].", each, minTime);
                        }
                    }
                }
                case null, default -> {} // not a time
            }
        }
    }

    private static RefusedException tooEarly(String field, Instant time, Instant minTime) {
        long number = time.toEpochMilli();
        boolean seconds = number >= minTime.getEpochSecond() && number < minTime.getEpochSecond() + CENTURY;
        return new RefusedException(
                RefusalCode.INVALID_FIELD,
                field + " is " + time + ", which is before " + minTime
                        + (seconds
                                ? ". It looks like seconds: in milliseconds it would be "
                                        + Instant.ofEpochSecond(number) + "."
                                : "; expected a later time, in milliseconds since 1970-01-01T00:00:00Z."));
    }

    private static TenantId tenant(IndexedRecord event) {
        return new TenantId((String) event.get(TENANT_ID));
    }

    private static EnvironmentId environment(IndexedRecord event) {
        return new EnvironmentId((String) event.get(ENVIRONMENT_ID));
    }

    private static KeyId key(IndexedRecord event) {
        return KeyId.parse("", (String) event.get(VAULT_URI), (String) event.get(KEY_NAME));
    }

    private static PolicyId policy(String id) {
        return new PolicyId(Identifiers.parse("policyId", id));
    }

    private static Stamp stamp(IndexedRecord event) {
        return new Stamp((Instant) event.get(OCCURRED_AT), new EventId(Identifiers.parse("eventId", (String)
                event.get(EVENT_ID))));
    }

    private static KeyReference reference(io.keyward.event.KeyReference key) {
        return new KeyReference(
                KeyId.parse("key.", key.getVaultUri(), key.getKeyName()),
                version("key.keyVersion", key.getKeyVersion()));
    }

    /// Reads the elements of a list.
    ///
    /// @param start the path of an element, or of one of its fields, up to the index
    /// @param end the path after the index
    static <S, T> List<T> list(String start, String end, List<S> stated, BiFunction<String, S, T> read) {
        List<T> elements = new ArrayList<>(stated.size());
        for (S element : stated) {
            elements.add(read.apply(start + elements.size() + end, element));
        }
        return elements;
    }

    static Optional<KeyVersion> version(String field, String version) {
        return Optional.ofNullable(version).map(text -> KeyVersion.parse(field, text));
    }
}
