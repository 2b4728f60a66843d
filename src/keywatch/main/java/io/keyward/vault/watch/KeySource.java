package io.keyward.vault.watch;

import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.TenantKeyReference;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/// The keys that this instance watches, and their facts. Safe for many threads.
public interface KeySource {
    /// The keys in use in each partition of this instance; empty for a partition that cannot be read now.
    Map<Integer, Optional<Set<TenantKeyReference>>> inUse(Instant moment);

    /// The number of partitions, including those of other instances.
    int partitionsInAll();

    /// The facts of a tenant's key; empty while they cannot be read here.
    Optional<KeyFacts> facts(TenantId tenant, KeyId key);

    /// The progress of the processor: the next offset of each input partition for which it is known.
    Map<TopicPartition, Long> processed();
}
