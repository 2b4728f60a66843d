package io.keyward.vault.watch;

import io.keyward.config.Configured;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.TenantKeyReference;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.TopicPartition;

/// One of several instances. It watches the keys of its assigned partitions after it has caught up with them.
final class SimulatedInstance implements KeySource {
    private final SimulatedProcessor processor;
    private final Function<Integer, Set<TenantKeyReference>> keys;
    private final Function<TenantId, Integer> partitionOf;
    private final Map<Integer, Integer> endsWhenAcquired = new HashMap<>();
    private final WatchLogic watch;

    SimulatedInstance(
            Configured settings,
            SimulatedProcessor processor,
            Function<Integer, Set<TenantKeyReference>> keys,
            Function<TenantId, Integer> partitionOf,
            RandomGenerator random) {
        this.processor = processor;
        this.keys = keys;
        this.partitionOf = partitionOf;
        this.watch = new WatchLogic(settings, this, random);
    }

    WatchLogic watch() {
        return watch;
    }

    void acquire(int partition) {
        endsWhenAcquired.put(partition, processor.end(partition));
    }

    void lose(int partition) {
        endsWhenAcquired.remove(partition);
    }

    @Override
    public Map<Integer, Optional<Set<TenantKeyReference>>> inUse(Instant moment) {
        Map<Integer, Optional<Set<TenantKeyReference>>> inUse = new HashMap<>();
        endsWhenAcquired.forEach((partition, end) -> {
            if (processor.position(partition) >= end) {
                inUse.put(partition, Optional.of(keys.apply(partition)));
            }
        });
        return inUse;
    }

    @Override
    public int partitionsInAll() {
        return SimulatedWorld.PARTITIONS;
    }

    @Override
    public Optional<KeyFacts> facts(TenantId tenant, KeyId key) {
        return endsWhenAcquired.containsKey(partitionOf.apply(tenant))
                ? Optional.of(processor.facts(tenant, key))
                : Optional.empty();
    }

    @Override
    public Map<TopicPartition, Long> processed() {
        return processor.processed();
    }
}
