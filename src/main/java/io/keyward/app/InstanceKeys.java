package io.keyward.app;

import io.keyward.domain.KeyFacts;
import io.keyward.domain.KeyId;
import io.keyward.domain.TenantId;
import io.keyward.topology.ActiveKeys;
import io.keyward.topology.KeyInUse;
import io.keyward.vault.watch.Holdings;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/// The keys of this instance's partitions, once it has caught up with what is known of them.
record InstanceKeys(ActiveKeys keys, CaughtUp caughtUp) implements Holdings {
    @Override
    public Map<Integer, Optional<Set<KeyInUse>>> inUse(Instant moment) {
        Map<Integer, Optional<Set<KeyInUse>>> inUse = new HashMap<>();
        caughtUp.among(keys.partitions(), moment)
                .forEach(partition -> inUse.put(partition, keys.inUse(partition, moment)));
        return inUse;
    }

    @Override
    public int partitionsInAll() {
        return keys.partitionsInAll();
    }

    @Override
    public Optional<KeyFacts> facts(TenantId tenant, KeyId key) {
        return keys.facts(tenant, key);
    }

    @Override
    public Map<TopicPartition, Long> processed() {
        return keys.processed();
    }
}
