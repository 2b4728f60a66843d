package io.keyward.console.replica;

/// The parts of the database. The code is the first byte of every key.
enum Table {
    /// About the database itself: see [Meta].
    META(1),
    /// The rows of the processor's stores: see [StoreRows].
    ROW(2),
    /// Every decided environment. This index and the next ones hold environments in the order of tenant and
    /// environment.
    DECIDED(10),
    STATE(11),
    STATUS(12),
    WARNING(13),
    /// By a key among the applications, over all tenants.
    KEY(14),
    /// Environments, and keys without one, with what a search finds them by: see [EnvironmentNames].
    NAME(15),
    /// By tenant, and the key of the data with the version in force.
    IN_FORCE(16),
    /// By a key that a part's latest report counts items under, over all tenants: environments with component and part.
    REPORTED(17),
    /// Components of environments by an open warning about what they reported.
    COMPONENT(18),
    /// By an open warning and the greatest severity of its code, where that is not the one of the code.
    SEVERITY(19),
    /// Due dates in the order of time.
    DUE(20),
    /// Due dates by tenant, in the order of time.
    TENANT_DUE(21),
    /// Unfinished sweeps by tenant, or by partition without a tenant.
    SWEEP(22),
    /// Output records by tenant, environment and time: see [TimelineRows].
    TIMELINE(30);

    private final byte code;

    Table(int code) {
        this.code = (byte) code;
    }

    byte code() {
        return code;
    }
}
