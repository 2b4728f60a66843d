package io.keyward.topology.store;

import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/// The contents of an instance's active partitions, for readers other than the stream threads.
///
/// Transactional stores show committed values. Other stores, such as heap stores by default, also show
/// uncommitted ones; if their transaction is aborted, the same records are processed again with the same result.
///
/// A stream of values holds memory until it is closed, and fails once the partition moves to another instance.
public interface ActiveStores {
    /// The partitions that this instance serves. One that is being restored is included, but its stores
    /// cannot be read yet. Does not change during a rebalance.
    Set<Integer> partitions();

    /// Every environment of the partition once, grouped by tenant; empty while the partition cannot be read
    /// on this instance.
    Optional<Stream<StoredEnvironment>> environments(int partition);

    /// Every tenant of the partition once; empty while the partition cannot be read on this instance.
    Optional<Stream<TenantState>> tenants(int partition);

    /// The facts about a tenant's key.
    ///
    /// @throws InvalidStateStoreException while the partition is not on this instance or cannot be read
    KeyFacts keyFacts(int partition, TenantId tenant, KeyId key);

    /// The next offset to process of each input of the active partitions, where it is known.
    Map<TopicPartition, Long> processedOffsets();

    /// The stores of `streams`, which may not have been started yet.
    static ActiveStores of(KafkaStreams streams) {
        return new StreamsStores(streams);
    }
}
