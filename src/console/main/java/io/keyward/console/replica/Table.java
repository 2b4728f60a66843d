package io.keyward.console.replica;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The parts of the database. The code is the first byte of every key. Each part says where the tenant stands in
/// its keys, so that a view can hide the rows of other tenants.
enum Table {
    /// About the database itself: see [Meta].
    META(1, Table.NOWHERE),
    /// The rows of the processor's stores: see [StoreRows].
    ROW(2, 1),
    /// Every decided environment. This index and the next ones hold environments in the order of tenant and
    /// environment.
    DECIDED(10, 0),
    STATE(11, 1),
    STATUS(12, 1),
    /// By an open warning; the value is its severity.
    WARNING(13, 1),
    /// By a key among the applications, over all tenants.
    KEY(14, 2),
    /// Environments, and keys without one, with what a search finds them by: see [EnvironmentNames].
    NAME(15, 0),
    /// By tenant, and the key of the data with the version in force.
    IN_FORCE(16, 0),
    /// By a key that a part's latest report counts items under, over all tenants: environments with component and part.
    REPORTED(17, 2),
    /// Components of environments by an open warning about what they reported.
    COMPONENT(18, 1),
    /// Due dates by kind, in the order of time.
    DUE(20, Table.AFTER_KIND_AND_TIME),
    /// Due dates by tenant and kind, in the order of time.
    TENANT_DUE(21, 0),
    /// Unfinished sweeps by tenant, or by partition without a tenant.
    FAN_OUT(22, 0),
    /// Locked environments by tenant and the key that locks them, in the order of their deletion.
    LOCKED(23, 0),
    /// How well keys are watched, by tenant and key: see [WatchRows].
    WATCH(24, 0),
    /// Output records by tenant, environment and time: see [TimelineRows].
    TIMELINE(30, 0);

    private static final Map<Byte, Table> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Table::code, Function.identity()));

    private static final int NOWHERE = -1;
    private static final int AFTER_KIND_AND_TIME = -2;

    private final byte code;
    private final int before;

    /// @param before how many texts stand between the code and the tenant
    Table(int code, int before) {
        this.code = (byte) code;
        this.before = before;
    }

    /// Where the text of the tenant begins in a key of any table; empty if the row is about the database itself.
    /// The text is empty in rows about a whole partition.
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
