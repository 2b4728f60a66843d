package io.keyward.topology.store;

import io.keyward.domain.decision.Erasure;
import io.keyward.domain.event.Component;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/// The binary keys of the stores: parts in UTF-8, each terminated by a zero byte, which no identifier can
/// contain. So one range scan answers each query, in order. In a store with several kinds of rows, the first byte
/// is the kind.
///
/// Several keys are created for each event, so each is composed as text and encoded once.
public final class RowKeys {
    /// The value of a row whose key contains all information.
    static final byte[] PRESENT = {};

    // The kinds of rows of the store `tenants`.
    public static final char STATE = 1;
    public static final char QUEUE = 2;
    public static final char FAN_OUT = 3;
    static final char RULES = 4;
    static final char SPARED = 5;
    public static final char STATE_DIGEST = 6;
    static final char SINKS = 7;
    public static final char ERASED = 8;
    static final char PROGRESS = 9;

    // The kinds of rows of the store `deadlines`.
    private static final char BY_TIME = 1;
    private static final char FILLED = 3;

    private static final char END = 0;

    /// Marks the row of known parts. No identifier can contain this character.
    private static final char KNOWN = 1;

    /// The row of the store `tenants` with the rules that last decided the partition, as text in UTF-8.
    public static final Bytes RULES_ROW = ofKind(RULES);

    /// The row of the store `tenants` with the periods in which each sink was in the rule profile.
    public static final Bytes SINKS_ROW = ofKind(SINKS);

    /// The row of the store `deadlines` that marks it as containing the timers of all environments.
    public static final Bytes FILLED_ROW = ofKind(FILLED);

    /// Sorts after every text in UTF-8.
    private static final Bytes AFTER_TEXT = Bytes.wrap(new byte[] {(byte) 0xff});

    private RowKeys() {}

    /// The row of an environment in the store `environments`.
    public static Bytes environment(TenantId tenant, EnvironmentId environment) {
        return key(tenant.value() + END + environment.value() + END);
    }

    /// The row of a key's facts in the store `keys`.
    public static Bytes key(TenantId tenant, KeyId key) {
        return key(tenant.value() + END + key.vaultUri() + END + key.keyName() + END);
    }

    /// The row of the store `key-usage` for an environment that uses a key.
    public static Bytes usage(TenantId tenant, KeyId key, EnvironmentId environment) {
        return key(tenant.value() + END + key.vaultUri() + END + key.keyName() + END + environment.value() + END);
    }

    /// Sorts before all rows of a tenant in a store whose rows start with the tenant.
    static Bytes ofTenant(TenantId tenant) {
        return key(tenant.value() + END);
    }

    /// A row about an environment in the store `enforcement`: the inverse of [#report(Bytes)]. The names of a
    /// component's parts sort before its other rows.
    static Bytes report(TenantId tenant, EnvironmentId environment, ReportRow row) {
        String names = tenant.value()
                + END
                + environment.value()
                + END
                + row.component().name()
                + END;
        return key(
                switch (row) {
                    case ReportRow.OfNames _ -> names;
                    case ReportRow.OfKnownParts _ -> names + KNOWN;
                    case ReportRow.OfPart of -> names + of.part().value() + END;
                });
    }

    /// Sorts before all rows of that kind, and after those of lower kinds.
    ///
    /// @param kind less than 128
    static Bytes ofKind(char kind) {
        return key(String.valueOf(kind));
    }

    static Bytes ofKind(char kind, TenantId tenant) {
        return key(kind + tenant.value() + END);
    }

    /// Sorts before the rows of every tenant.
    static Bytes ofNoTenant(char kind) {
        return key(String.valueOf(kind) + END);
    }

    /// The row of a tenant's state in the store `tenants`.
    public static Bytes tenantState(TenantId tenant) {
        return ofKind(STATE, tenant);
    }

    /// The row of a waiting environment in the store `tenants`. Sorts by the time of queueing in milliseconds,
    /// then by environment: the order of R12.
    public static Bytes queue(TenantId tenant, Instant queuedAt, EnvironmentId environment) {
        return joined(ofKind(QUEUE, tenant), inOrder(queuedAt), key(environment.value() + END));
    }

    /// The row of the store `tenants` with the time of a tenant's erasure. Contains only a hash of
    /// the tenant's id.
    public static Bytes erasure(TenantId tenant) {
        return key(ERASED + Erasure.sha256(tenant) + END);
    }

    static Bytes spared(TenantId tenant, EnvironmentId environment) {
        return key(SPARED + tenant.value() + END + environment.value() + END);
    }

    /// The row of a timer in the store `deadlines`. Sorts by time, then by tenant and environment.
    public static Bytes deadline(TenantId tenant, Instant at, EnvironmentId environment) {
        return joined(ofKind(BY_TIME), inOrder(at), environment(tenant, environment));
    }

    /// Sorts before the deadlines of that time, and after those of earlier times.
    static Bytes deadlines(Instant at) {
        return joined(ofKind(BY_TIME), inOrder(at));
    }

    /// Sorts before the deadlines of that time and tenant, and after those of earlier tenants.
    static Bytes deadlines(Instant at, TenantId tenant) {
        return joined(ofKind(BY_TIME), inOrder(at), ofTenant(tenant));
    }

    /// Sorts after the deadlines of that time, and before those of later times.
    static Bytes afterDeadlines(Instant at) {
        return joined(ofKind(BY_TIME), inOrder(at), AFTER_TEXT);
    }

    /// Bytes that sort like the times, with millisecond precision.
    private static Bytes inOrder(Instant time) {
        return eightBytes(time.toEpochMilli() ^ Long.MIN_VALUE);
    }

    /// Bytes that sort like the numbers, which must not be negative.
    static Bytes eightBytes(long number) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    static Bytes joined(Bytes... parts) {
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

    /// The smallest key after `key` and all keys that start with it; `key` must end with a complete part or be a
    /// kind. So a range from `key` to it contains exactly these keys, unless the next kind has a row about the
    /// whole partition.
    static Bytes after(Bytes key) {
        byte[] after = key.get().clone();
        after[after.length - 1]++;
        return Bytes.wrap(after);
    }

    /// The tenant of a row. Empty for a row about a whole partition, whose key occurs in every partition with
    /// a different value.
    ///
    /// @param store a name in [Nodes]
    /// @throws IllegalArgumentException if this release does not know such a row
    public static Optional<TenantId> tenant(String store, Bytes key) {
        return switch (store) {
            case Nodes.ENVIRONMENTS, Nodes.KEYS, Nodes.KEY_USAGE, Nodes.ENFORCEMENT -> Optional.of(tenant(key));
            case Nodes.TENANTS ->
                switch (kind(key)) {
                    case STATE, QUEUE, SPARED -> Optional.of(tenantOfKind(key));
                    case FAN_OUT -> key.get()[1] == END ? Optional.empty() : Optional.of(tenantOfKind(key));
                    case RULES, SINKS, ERASED, PROGRESS, STATE_DIGEST -> Optional.empty();
                    default -> throw unknown(store, key);
                };
            case Nodes.DEADLINES ->
                switch (kind(key)) {
                    case BY_TIME -> Optional.of(deadlineTenant(key));
                    case FILLED -> Optional.empty();
                    default -> throw unknown(store, key);
                };
            default -> throw unknown(store, key);
        };
    }

    private static IllegalArgumentException unknown(String store, Bytes key) {
        return new IllegalArgumentException(
                "This release does not know a row '" + key + "' in a store named '" + store + "'.");
    }

    /// The environment of a row. Empty for a row about a tenant, a key, or a whole partition.
    ///
    /// @param store a name in [Nodes]
    /// @throws RuntimeException if the key is truncated, or does not contain an environment where it must
    public static Optional<EnvironmentId> environment(String store, Bytes key) {
        return switch (store) {
            case Nodes.ENVIRONMENTS, Nodes.KEY_USAGE -> Optional.of(environment(key));
            case Nodes.ENFORCEMENT -> Optional.of(environmentOfReport(key));
            case Nodes.TENANTS -> isOf(QUEUE, key) ? Optional.of(queuedEnvironment(key)) : Optional.empty();
            case Nodes.DEADLINES -> kind(key) == FILLED ? Optional.empty() : Optional.of(environment(key));
            default -> Optional.empty();
        };
    }

    private static char kind(Bytes key) {
        return (char) key.get()[0];
    }

    /// Whether a row of a store with several kinds of rows is of this kind.
    public static boolean isOf(char kind, Bytes key) {
        return kind(key) == kind;
    }

    /// The tenant of a row that starts with a tenant.
    static TenantId tenant(Bytes key) {
        return new TenantId(part(key.get(), 0));
    }

    /// The tenant of a row that starts with a kind and a tenant.
    static TenantId tenantOfKind(Bytes key) {
        return new TenantId(part(key.get(), 1));
    }

    /// The time of a row of [#deadline].
    static Instant deadlineTime(Bytes key) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(key.get()).getLong(1) ^ Long.MIN_VALUE);
    }

    /// The tenant of a row of [#deadline].
    static TenantId deadlineTenant(Bytes key) {
        return new TenantId(part(key.get(), 1 + Long.BYTES));
    }

    /// The environment of a row of [#queue].
    static EnvironmentId queuedEnvironment(Bytes key) {
        return new EnvironmentId(part(key.get(), endOfPart(key.get(), 1) + 1 + Long.BYTES));
    }

    /// The environment of a row that ends with it.
    public static EnvironmentId environment(Bytes key) {
        byte[] bytes = key.get();
        int start = bytes.length - 1;
        while (start > 0 && bytes[start - 1] != END) {
            start--;
        }
        return new EnvironmentId(text(bytes, start, bytes.length - 1));
    }

    /// The key of a row that starts with a tenant and a key.
    public static KeyId key(Bytes key) {
        byte[] bytes = key.get();
        int vault = endOfPart(bytes, 0) + 1;
        int name = endOfPart(bytes, vault) + 1;
        return new KeyId(text(bytes, vault, name - 1), part(bytes, name));
    }

    /// The environment of a row of the store `enforcement`.
    public static EnvironmentId environmentOfReport(Bytes key) {
        return new EnvironmentId(part(key.get(), endOfPart(key.get(), 0) + 1));
    }

    /// The kind of a row of the store `enforcement`.
    ///
    /// @throws IllegalArgumentException if this release does not know the component
    public static ReportRow report(Bytes key) {
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
                : new ReportRow.OfPart(component, new PartName(part(bytes, rest)));
    }

    private static int endOfPart(byte[] bytes, int start) {
        int end = start;
        while (bytes[end] != END) {
            end++;
        }
        return end;
    }

    private static String part(byte[] bytes, int start) {
        return text(bytes, start, endOfPart(bytes, start));
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static Bytes key(String parts) {
        return Bytes.wrap(parts.getBytes(StandardCharsets.UTF_8));
    }
}
