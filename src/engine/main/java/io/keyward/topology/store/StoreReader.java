package io.keyward.topology.store;

import io.keyward.domain.decision.TenantState;
import java.time.Instant;
import java.util.Set;

/// Receives every environment and tenant of this instance, in repeated passes (see [StoreScanner]).
public interface StoreReader {
    /// The partitions that the instance serves now; results of other partitions must be discarded.
    void serving(Set<Integer> partitions);

    /// Called when the read of a partition starts.
    ///
    /// @param now the time as of which all its rows are evaluated
    PartitionReader begin(int partition, Instant now);

    /// Receives the rows of one partition. Must be ignored if it is never completed: the partition was revoked,
    /// or could not be read.
    interface PartitionReader {
        /// Environments are grouped by tenant.
        void environment(StoredEnvironment environment);

        default void tenant(TenantState tenant) {}

        /// Called after the last row.
        void complete();
    }
}
