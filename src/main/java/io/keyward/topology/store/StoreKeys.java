package io.keyward.topology.store;

import io.keyward.domain.event.Component;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.utils.Bytes;

/// The binary keys of the stores: parts in UTF-8, each ended by a zero byte, which no identifier can contain.
/// So one range scan finds what one question asks for, in order. In a store with several kinds of rows, a
/// byte for the kind comes first.
///
/// Several are made for each event, so each is composed as text and encoded once.
final class StoreKeys {
    private static final char END = 0;

    /// No identifier can contain it either.
    private static final char KNOWN = 1;

    /// Sorts after every text in UTF-8.
    private static final Bytes AFTER_TEXT = Bytes.wrap(new byte[] {(byte) 0xff});

    private StoreKeys() {}

    /// Sorts before all rows of a tenant in a store whose rows start with the tenant.
    static Bytes forTenant(TenantId tenant) {
        return key(tenant.value() + END);
    }

    static Bytes forEnvironment(TenantId tenant, EnvironmentId environment) {
        return key(tenant.value() + END + environment.value() + END);
    }

    static Bytes forKey(TenantId tenant, KeyId key) {
        return key(tenant.value() + END + key.vaultUri() + END + key.keyName() + END);
    }

    static Bytes forUsage(TenantId tenant, KeyId key, EnvironmentId environment) {
        return key(tenant.value() + END + key.vaultUri() + END + key.keyName() + END + environment.value() + END);
    }

    /// The row of the names of a component's parts. It sorts before the component's other rows.
    static Bytes forNames(TenantId tenant, EnvironmentId environment, Component component) {
        return key(tenant.value() + END + environment.value() + END + component.name() + END);
    }

    /// The row of the parts that a component's latest report knows.
    static Bytes forKnownParts(TenantId tenant, EnvironmentId environment, Component component) {
        return key(tenant.value() + END + environment.value() + END + component.name() + END + KNOWN);
    }

    static Bytes forPart(TenantId tenant, EnvironmentId environment, Component component, PartName part) {
        return key(tenant.value() + END + environment.value() + END + component.name() + END + part.value() + END);
    }

    /// What a row about reports holds.
    static ReportRow reportRow(Bytes key) {
        byte[] bytes = key.get();
        int start = endOfPart(bytes, endOfPart(bytes, 0) + 1) + 1;
        int end = endOfPart(bytes, start);
        Component component = Component.valueOf(text(bytes, start, end));
        int rest = end + 1;
        if (rest == bytes.length) {
            return new ReportRow.OfNames(component);
        }
        return bytes[rest] == KNOWN
                ? new ReportRow.OfKnownParts(component)
                : new ReportRow.OfPart(component, new PartName(text(bytes, rest, endOfPart(bytes, rest))));
    }

    /// Sorts before all rows of that kind, and after those of lower kinds.
    ///
    /// @param kind less than 128
    static Bytes forKind(char kind) {
        return key(String.valueOf(kind));
    }

    static Bytes forKind(char kind, TenantId tenant) {
        return key(kind + tenant.value() + END);
    }

    static Bytes forSpared(char kind, TenantId tenant, EnvironmentId environment) {
        return key(kind + tenant.value() + END + environment.value() + END);
    }

    /// Sorts before the rows of every tenant.
    static Bytes forNoTenant(char kind) {
        return key(String.valueOf(kind) + END);
    }

    /// Sorts by place in the queue (a time in milliseconds), then by environment: the order of R12.
    static Bytes forQueue(char kind, TenantId tenant, Instant place, EnvironmentId environment) {
        return joined(forKind(kind, tenant), inOrder(place), key(environment.value() + END));
    }

    /// Sorts by time, then by tenant and environment.
    static Bytes forTime(char kind, Instant time, TenantId tenant, EnvironmentId environment) {
        return joined(forKind(kind), inOrder(time), key(tenant.value() + END + environment.value() + END));
    }

    /// Sorts before the rows of [#forTime] of that time, and after those of earlier times.
    static Bytes forTime(char kind, Instant time) {
        return joined(forKind(kind), inOrder(time));
    }

    /// Sorts before the rows of [#forTime] of that time and tenant, and after those of earlier tenants.
    static Bytes forTime(char kind, Instant time, TenantId tenant) {
        return joined(forKind(kind), inOrder(time), key(tenant.value() + END));
    }

    /// Sorts after the rows of [#forTime] of that time and tenant, and before those of later tenants.
    static Bytes afterTime(char kind, Instant time, TenantId tenant) {
        return after(forTime(kind, time, tenant));
    }

    /// Sorts after the rows of [#forTime] of that time, and before those of later times.
    static Bytes afterTime(char kind, Instant time) {
        return joined(forKind(kind), inOrder(time), AFTER_TEXT);
    }

    /// The time of a row of [#forTime].
    static Instant time(Bytes key) {
        return timeAt(key, 1);
    }

    /// The tenant of a row of [#forTime].
    static TenantId timeTenant(Bytes key) {
        int start = 1 + Long.BYTES;
        return new TenantId(text(key.get(), start, endOfPart(key.get(), start)));
    }

    /// Bytes that sort as the times do, to the millisecond.
    private static Bytes inOrder(Instant time) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES)
                .putLong(time.toEpochMilli() ^ Long.MIN_VALUE)
                .array());
    }

    /// The time that [#inOrder] wrote at that position.
    private static Instant timeAt(Bytes key, int position) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(key.get()).getLong(position) ^ Long.MIN_VALUE);
    }

    private static Bytes joined(Bytes... parts) {
        int length = 0;
        for (Bytes part : parts) {
            length += part.get().length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (Bytes part : parts) {
            all.put(part.get());
        }
        return Bytes.wrap(all.array());
    }

    /// The greatest key that starts with `prefix`, which must end with a complete part.
    static Bytes last(Bytes prefix) {
        byte[] last = prefix.get().clone();
        last[last.length - 1] = END + 1;
        return Bytes.wrap(last);
    }

    /// The smallest key after `key` and all keys that start with it.
    static Bytes after(Bytes key) {
        return last(key);
    }

    static EnvironmentId lastPartAsEnvironment(Bytes key) {
        byte[] bytes = key.get();
        int start = bytes.length - 1;
        while (start > 0 && bytes[start - 1] != END) {
            start--;
        }
        return new EnvironmentId(text(bytes, start, bytes.length - 1));
    }

    static EnvironmentId secondPartAsEnvironment(Bytes key) {
        byte[] bytes = key.get();
        int start = endOfPart(bytes, 0) + 1;
        return new EnvironmentId(text(bytes, start, endOfPart(bytes, start)));
    }

    /// The place of a queue row: the eight bytes after the tenant's prefix.
    static Instant queuePlace(Bytes prefix, Bytes key) {
        return timeAt(key, prefix.get().length);
    }

    /// The environment of a queue row: what follows the tenant's prefix and the eight bytes of the place.
    static EnvironmentId queuedEnvironment(Bytes prefix, Bytes key) {
        return new EnvironmentId(text(key.get(), prefix.get().length + Long.BYTES, key.get().length - 1));
    }

    /// The tenant of a row that starts with a kind and a tenant.
    static TenantId tenantOfKind(Bytes key) {
        return new TenantId(text(key.get(), 1, endOfPart(key.get(), 1)));
    }

    /// Whether the row is one of [#forNoTenant].
    static boolean isForNoTenant(Bytes key) {
        return key.get()[1] == END;
    }

    static TenantId firstPartAsTenant(Bytes key) {
        return new TenantId(text(key.get(), 0, endOfPart(key.get(), 0)));
    }

    /// The key of a row that starts with a tenant and a key.
    static KeyId nextPartsAsKey(Bytes key) {
        byte[] bytes = key.get();
        int vault = endOfPart(bytes, 0) + 1;
        int name = endOfPart(bytes, vault) + 1;
        return new KeyId(text(bytes, vault, name - 1), text(bytes, name, endOfPart(bytes, name)));
    }

    private static int endOfPart(byte[] bytes, int start) {
        int end = start;
        while (bytes[end] != END) {
            end++;
        }
        return end;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static Bytes key(String parts) {
        return Bytes.wrap(parts.getBytes(StandardCharsets.UTF_8));
    }
}
