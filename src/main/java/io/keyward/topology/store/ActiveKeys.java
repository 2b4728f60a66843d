package io.keyward.topology.store;

import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.TenantPartitioner;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;

/// The keys in this instance's active partitions, read through [ActiveStores]. Every answer describes the
/// moment of the call, so it follows rebalances. Safe for concurrent use.
public final class ActiveKeys {
    private final StreamsStores stores;
    private final int partitions;

    /// @param partitions the partition count of all inputs
    public ActiveKeys(KafkaStreams streams, int partitions) {
        this.stores = new StreamsStores(streams);
        this.partitions = partitions;
    }

    /// The partitions that are active here.
    public Set<Integer> partitions() {
        return stores.partitions();
    }

    /// How many partitions there are on all instances.
    public int partitionCount() {
        return partitions;
    }

    /// The keys that environments of a partition depend on at that time; empty while its stores cannot be read.
    public Optional<Set<KeyInUse>> inUse(int partition, Instant moment) {
        return read(partition, stored -> stored.inUse(moment));
    }

    /// The known facts of a tenant's key; empty while the tenant's partition is not here or cannot be read.
    public Optional<KeyFacts> facts(TenantId tenant, KeyId key) {
        return read(TenantPartitioner.home(tenant.value(), partitions), stored -> stored.facts(tenant, key));
    }

    /// Up to where the inputs of the active partitions are processed: the next offset of each, if known.
    public Map<TopicPartition, Long> processedOffsets() {
        return stores.tasks()
                .flatMap(task -> task.committedOffsets().entrySet().stream())
                .filter(entry -> entry.getValue() >= 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::max));
    }

    /// Empty if the partition moves away during the read.
    private <T> Optional<T> read(int partition, Function<KeysInStores, T> question) {
        KeysInStores stored = new KeysInStores(
                () -> result(Nodes.ENVIRONMENTS, RangeQuery.withNoBounds(), partition),
                key -> result(Nodes.KEYS, KeyQuery.withKey(key), partition));
        try {
            return Optional.of(question.apply(stored));
        } catch (InvalidStateStoreException notNow) {
            return Optional.empty();
        }
    }

    /// @throws InvalidStateStoreException if the partition is not active here, or cannot be read
    private <R> R result(String store, Query<R> query, int partition) {
        QueryResult<R> result = stores.query(store, query, partition);
        if (result.isFailure()) {
            throw new InvalidStateStoreException(result.getFailureMessage());
        }
        return result.getResult();
    }
}
