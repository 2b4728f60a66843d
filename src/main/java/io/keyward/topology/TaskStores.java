package io.keyward.topology;

import io.keyward.topology.store.DeadlineStore;
import io.keyward.topology.store.EnvironmentStore;
import io.keyward.topology.store.KeyFactsStore;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.PendingSweepStore;
import io.keyward.topology.store.ReportStore;
import io.keyward.topology.store.TenantStore;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/// The decoded stores of a task.
record TaskStores(
        EnvironmentStore environments,
        ReportStore reports,
        KeyFactsStore keys,
        TenantStore tenants,
        DeadlineStore deadlines,
        PendingSweepStore sweeps) {
    /// @param cachedBytes how much of decoded keys, and how much of decoded tenants, may be kept in memory
    static TaskStores of(ProcessorContext<?, ?> context, long cachedBytes) {
        return new TaskStores(
                new EnvironmentStore(context.getStateStore(Nodes.ENVIRONMENTS)),
                new ReportStore(context.getStateStore(Nodes.ENFORCEMENT)),
                new KeyFactsStore(
                        context.getStateStore(Nodes.KEYS), context.getStateStore(Nodes.KEY_USAGE), cachedBytes),
                new TenantStore(context.getStateStore(Nodes.TENANTS), cachedBytes),
                new DeadlineStore(context.getStateStore(Nodes.DEADLINES)),
                new PendingSweepStore(context.getStateStore(Nodes.TENANTS)));
    }
}
