package io.keyward.topology.store;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.KeysInUse;
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
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/// Reads keys and their facts from the stores of one partition, from outside the topology.
public final class KeysInStores {
    private final Supplier<KeyValueIterator<Bytes, byte[]>> environments;
    private final Function<Bytes, byte[]> keys;
    private final StateCodec<EnvironmentState> environmentCodec = StateCodec.ofEnvironments();
    private final StateCodec<KeyFacts> keyCodec = StateCodec.ofKeys();

    /// @param environments all rows of the store `environments`
    /// @param keys the row of a key in the store `keys`, or null
    public KeysInStores(Supplier<KeyValueIterator<Bytes, byte[]>> environments, Function<Bytes, byte[]> keys) {
        this.environments = environments;
        this.keys = keys;
    }

    KeyFacts facts(TenantId tenant, KeyId key) {
        byte[] row = keys.apply(StoreKeys.forKey(tenant, key));
        return row == null ? KeyFacts.NONE : keyCodec.read(row);
    }

    /// Every key that an environment depends on at that time, in the spelling of events, in one pass over all
    /// environments. A tenant's environments are adjacent, so the facts of its keys are read once. Keys that
    /// no event can name are left out: no vault can be asked about them.
    Set<KeyInUse> inUse(Instant moment) {
        Set<KeyInUse> inUse = new HashSet<>();
        Map<KeyId, KeyFacts> known = new HashMap<>();
        Optional<TenantId> last = Optional.empty();
        try (KeyValueIterator<Bytes, byte[]> rows = environments.get()) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                TenantId tenant = StoreKeys.firstPartAsTenant(row.key);
                if (!last.equals(Optional.of(tenant))) {
                    known.clear();
                    last = Optional.of(tenant);
                }
                EnvironmentFacts facts = environmentCodec.read(row.value).facts();
                facts.keys().forEach(key -> known.computeIfAbsent(key, k -> facts(tenant, k)));
                KeysInUse.of(facts, known, moment).stream()
                        .flatMap(key -> key.asEventsNameIt().stream())
                        .forEach(key -> inUse.add(new KeyInUse(tenant, key)));
            }
        }
        return inUse;
    }
}
