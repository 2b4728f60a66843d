package io.keyward.topology.store;

import io.keyward.domain.decision.TenantState;
import java.time.Instant;
import java.util.Set;

/// Somebody who needs to see every environment or tenant of this instance, again and again.
public interface StoreReader {
    /// These are the partitions that the instance serves; what was read of others is to be forgotten.
    void serving(Set<Integer> partitions);

    /// A partition begins to be read.
    ///
    /// @param now the moment that everything in it is looked at
    PartitionReader begin(int partition, Instant now);

    /// Takes in the rows of one partition. One that is never complete is to be ignored: the partition went elsewhere,
    /// or could not be read.
    interface PartitionReader {
        /// Those of a tenant come one after another.
        void environment(StoredEnvironment environment);

        default void tenant(TenantState tenant) {}

        /// All rows have been seen.
        void complete();
    }
}
