package io.keyward.topology.store;

import io.keyward.client.TenantPartitioner;
import io.keyward.domain.advice.KeysInUse;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/// The keys that environments of this instance's active partitions depend on, as of the last [StoreScan], and the
/// current facts about them. Thread-safe.
public final class ActiveKeys implements StoreReader {
    private final ActiveStores stores;
    private final int partitions;
    private final Map<Integer, Set<TenantKeyReference>> inUse = new ConcurrentHashMap<>();
    private volatile Runnable listener = () -> {};

    /// @param partitions the partition count that all inputs share
    public ActiveKeys(ActiveStores stores, int partitions) {
        this.stores = stores;
        this.partitions = partitions;
    }

    /// The partitions that are active here.
    public Set<Integer> partitions() {
        return stores.partitions();
    }

    /// The number of partitions on all instances together.
    public int partitionCount() {
        return partitions;
    }

    /// The keys that environments in a partition depend on; empty until the partition has been read.
    public Optional<Set<TenantKeyReference>> inUse(int partition) {
        return Optional.ofNullable(inUse.get(partition));
    }

    /// Sets the listener that is called after each complete read of a partition. May be called once.
    public void whenRead(Runnable listener) {
        this.listener = listener;
    }

    /// The known facts of a tenant's key; empty while the owning partition is not on this instance or
    /// cannot be read.
    public Optional<KeyFacts> facts(TenantId tenant, KeyId key) {
        try {
            return Optional.of(stores.keyFacts(TenantPartitioner.partitionOf(tenant.value(), partitions), tenant, key));
        } catch (InvalidStateStoreException notNow) {
            return Optional.empty();
        }
    }

    /// The next offset to process of each input of the active partitions, where it is known.
    public Map<TopicPartition, Long> processedOffsets() {
        return stores.processedOffsets();
    }

    @Override
    public void serving(Set<Integer> active) {
        inUse.keySet().retainAll(active);
    }

    @Override
    public PartitionReader begin(int partition, Instant now) {
        return new OfPartition(partition, now);
    }

    /// Collects the keys of one partition. The facts of each key of a tenant are read once.
    private final class OfPartition implements PartitionReader {
        private final int partition;
        private final Instant now;
        private final Set<TenantKeyReference> found = new HashSet<>();
        private final Map<KeyId, KeyFacts> known = new HashMap<>();
        private Optional<TenantId> last = Optional.empty();

        OfPartition(int partition, Instant now) {
            this.partition = partition;
            this.now = now;
        }

        @Override
        public void environment(StoredEnvironment environment) {
            EnvironmentFacts facts = environment.state().facts();
            if (facts.keys().isEmpty()) {
                return;
            }
            TenantId tenant = environment.tenant();
            if (!last.equals(Optional.of(tenant))) {
                known.clear();
                last = Optional.of(tenant);
            }
            facts.keys().forEach(key -> known.computeIfAbsent(key, k -> stores.keyFacts(partition, tenant, k)));
            KeysInUse.of(facts, known, now).forEach(key -> found.add(new TenantKeyReference(tenant, key)));
        }

        @Override
        public void complete() {
            inUse.put(partition, Set.copyOf(found));
            listener.run();
        }
    }
}
