package io.keyward.topology;

/// How much of a task's rows is kept decoded, in bytes of rows as they are stored: see [RowCache].
///
/// @param environments of rows of environments, which are most of what an event reads
/// @param keys of rows of keys: an event about one reaches all of its environments, and each asks for its facts
/// @param tenants of rows of tenants
/// @param queues of who waits first in the queues of tenants
record CacheBounds(long environments, long keys, long tenants, long queues) {
    /// One share for each of that many tasks: an instance that has them all stays within `bytes`.
    static CacheBounds share(long bytes, int tasks) {
        long share = bytes / tasks;
        return new CacheBounds(share * 3 / 4, share / 8, share / 16, share / 16);
    }
}
