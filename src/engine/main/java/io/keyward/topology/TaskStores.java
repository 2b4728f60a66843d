package io.keyward.topology;

import io.keyward.topology.store.DeadlineStore;
import io.keyward.topology.store.EnvironmentStore;
import io.keyward.topology.store.KeyFactsStore;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.PendingFanOutStore;
import io.keyward.topology.store.ReportStore;
import io.keyward.topology.store.TenantStore;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// The decoded stores of a task.
public record TaskStores(
        EnvironmentStore environments,
        ReportStore reports,
        KeyFactsStore keys,
        TenantStore tenants,
        DeadlineStore deadlines,
        PendingFanOutStore fanOuts) {
    /// Wraps the stores of a task.
    ///
    /// @param stores the stores by their names in [Nodes]
    /// @param cachedBytes the size in bytes of each of the two caches, of decoded keys and of decoded tenants
    public static TaskStores of(Function<String, KeyValueStore<Bytes, byte[]>> stores, long cachedBytes) {
        return new TaskStores(
                new EnvironmentStore(stores.apply(Nodes.ENVIRONMENTS)),
                new ReportStore(stores.apply(Nodes.ENFORCEMENT)),
                new KeyFactsStore(stores.apply(Nodes.KEYS), stores.apply(Nodes.KEY_USAGE), cachedBytes),
                new TenantStore(stores.apply(Nodes.TENANTS), cachedBytes),
                new DeadlineStore(stores.apply(Nodes.DEADLINES)),
                new PendingFanOutStore(stores.apply(Nodes.TENANTS)));
    }
}
