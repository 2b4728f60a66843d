package io.keyward.topology.store;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;

/// The contents of an instance's active partitions, for readers other than the stream threads.
///
/// Transactional stores show committed values. Other stores, which heap stores are by default, also show
/// uncommitted ones; if their transaction is aborted, the same records are processed again with the same result.
public interface ActiveStores {
    /// The partitions that this instance serves. One that is being restored is included, but its stores
    /// cannot be read yet. Does not change during a rebalance.
    Set<Integer> partitions();

    /// Every environment of the partition, once each; empty while it cannot be read here.
    Optional<ValueIterator<EnvironmentState>> environments(int partition);

    /// Every tenant of the partition, once each; empty while it cannot be read here.
    Optional<ValueIterator<TenantState>> tenants(int partition);

    /// The stores of `streams`, which may be started later.
    static ActiveStores of(KafkaStreams streams) {
        return new StreamsStores(streams);
    }

    /// Values of a store. It holds memory until it is closed, and fails once the partition moves to another
    /// instance.
    interface ValueIterator<T> extends Iterator<T>, AutoCloseable {
        @Override
        void close();
    }
}
