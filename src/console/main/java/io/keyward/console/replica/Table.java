package io.keyward.console.replica;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The tables of the database. The code is the first byte of every key. Each table declares where its keys
/// contain the tenant, so that a view can hide the rows of other tenants.
enum Table {
    /// About the database itself: see [Meta].
    META(1, Table.NOWHERE),
    /// The rows of the processor's stores: see [StoreRows].
    ROW(2, 1),
    /// Every decided environment. This index and the next ones are ordered by tenant and environment.
    DECIDED(10, 0),
    STATE(11, 1),
    STATUS(12, 1),
    /// By open warning; the value is its severity.
    WARNING(13, 1),
    /// By key among the applications, over all tenants.
    KEY(14, 2),
    /// Environments, and keys without one, with the names by which a search finds them: see [EnvironmentNames].
    NAME(15, 0),
    /// By tenant and the key of the data, with the version in force.
    IN_FORCE(16, 0),
    /// By key that a part's latest report counts items under, over all tenants: environments with
    /// component and part.
    REPORTED(17, 2),
    /// Components of environments, by open warning about their reports.
    COMPONENT(18, 1),
    /// Deadlines by kind, then by time.
    DUE(20, Table.AFTER_KIND_AND_TIME),
    /// Deadlines by tenant and kind, then by time.
    TENANT_DUE(21, 0),
    /// Unfinished fan-outs by tenant, or by partition if they have no tenant.
    FAN_OUT(22, 0),
    /// Locked environments by tenant and the key that locks them, then by deletion date.
    LOCKED(23, 0),
    /// The status of watched keys, by tenant and key: see [WatchRows].
    WATCH(24, 0),
    /// Output records by tenant, environment and time: see [TimelineRows].
    TIMELINE(30, 0);

    private static final Map<Byte, Table> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Table::code, Function.identity()));

    private static final int NOWHERE = -1;
    private static final int AFTER_KIND_AND_TIME = -2;

    private final byte code;
    private final int before;

    /// @param before how many texts precede the tenant, after the code
    Table(int code, int before) {
        this.code = (byte) code;
        this.before = before;
    }

    /// The index of the tenant's text in a key of any table; empty if the row is about the database itself. The
    /// text is empty in rows about a whole partition.
    static OptionalInt tenantIn(byte[] key) {
        int before = BY_CODE.get(key[0]).before;
        if (before < 0) {
            return before == NOWHERE ? OptionalInt.empty() : OptionalInt.of(2 + Long.BYTES);
        }
        int at = 1;
        for (int texts = 0; texts < before; at++) {
            texts += key[at] == 0 ? 1 : 0;
        }
        return OptionalInt.of(at);
    }

    byte code() {
        return code;
    }
}
