package io.keyward.topology.store;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;

/// What the active partitions of an instance hold, for readers beside the stream threads.
///
/// Transactional stores show what is committed. Others, as those on the heap are unless configured otherwise, show what
/// is done already; should its transaction be aborted, the same records are read and the same is done again.
public interface ActiveStores {
    /// The partitions that this instance is to serve; one that is still being restored is among them, but has no rows
    /// to read yet. Does not change while a rebalance is under way.
    Set<Integer> partitions();

    /// Every environment of the partition, each once; empty while it cannot be read here.
    Optional<ValueIterator<EnvironmentState>> environments(int partition);

    /// Every tenant of the partition, each once; empty while it cannot be read here.
    Optional<ValueIterator<TenantState>> tenants(int partition);

    /// The stores of `streams`, which need not have been started yet.
    static ActiveStores of(KafkaStreams streams) {
        return new StreamsStores(streams);
    }

    /// Rows of a store, which holds on to memory until they are closed. Reading them fails once the partition goes to
    /// another instance.
    interface ValueIterator<T> extends Iterator<T>, AutoCloseable {
        @Override
        void close();
    }
}
