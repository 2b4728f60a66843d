package io.keyward.vault.watch;

import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.KeyInUse;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/// The keys that this instance is to watch, of all that there are, and what is known of them. For any number of
/// threads.
public interface WatchedKeys {
    /// The keys in use by partition, of the partitions that are this instance's now; empty for one that cannot be read
    /// at the moment.
    Map<Integer, Optional<Set<KeyInUse>>> inUse(Instant moment);

    /// How many partitions there are, those of other instances included.
    int partitionsInAll();

    /// What is known of a tenant's key; empty while that cannot be read here.
    Optional<KeyFacts> facts(TenantId tenant, KeyId key);

    /// Up to where the inputs are processed: the next offset of each partition for which it is known.
    Map<TopicPartition, Long> processed();
}
