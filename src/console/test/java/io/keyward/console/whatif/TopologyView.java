package io.keyward.console.whatif;

import io.keyward.console.replica.Staleness;
import io.keyward.console.replica.TenantView;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.topology.TopologyHarness;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// The stores of a topology as a replica that has read everything would show them.
///
/// @param missing what is not fully known
record TopologyView(TopologyHarness topology, List<String> missing) implements TenantView {
    /// Every environment.
    static final Window ALL = new Window(0, Integer.MAX_VALUE);

    @Override
    public Caller caller() {
        return Caller.ANYBODY;
    }

    TopologyView(TopologyHarness topology) {
        this(topology, List.of());
    }

    @Override
    public KeyValueStore<Bytes, byte[]> store(String store, TenantId tenant) {
        return topology.store(store);
    }

    @Override
    public Staleness staleness() {
        return new Staleness(Instant.EPOCH, Instant.EPOCH, new TreeMap<>(), 0, true, List.of());
    }

    @Override
    public Staleness staleness(TenantId tenant) {
        return new Staleness(Instant.EPOCH, Instant.EPOCH, new TreeMap<>(), 0, missing.isEmpty(), missing);
    }
}
