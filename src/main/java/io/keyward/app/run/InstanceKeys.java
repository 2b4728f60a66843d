package io.keyward.app.run;

import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.ActiveKeys;
import io.keyward.topology.store.KeyInUse;
import io.keyward.vault.watch.WatchedKeys;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/// The keys in use on those of this instance's partitions that have caught up.
record InstanceKeys(ActiveKeys keys, CaughtUp caughtUp) implements WatchedKeys {
    @Override
    public Map<Integer, Optional<Set<KeyInUse>>> inUse(Instant moment) {
        Map<Integer, Optional<Set<KeyInUse>>> inUse = new HashMap<>();
        caughtUp.among(keys.partitions(), moment).forEach(partition -> inUse.put(partition, keys.inUse(partition)));
        return inUse;
    }

    @Override
    public int partitionsInAll() {
        return keys.partitionCount();
    }

    @Override
    public Optional<KeyFacts> facts(TenantId tenant, KeyId key) {
        return keys.facts(tenant, key);
    }

    @Override
    public Map<TopicPartition, Long> processed() {
        return keys.processedOffsets();
    }
}
