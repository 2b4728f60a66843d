package io.keyward.topology;

import io.keyward.topology.store.StateSeal;
import io.keyward.topology.store.StoreKind;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/// The flow of [KeywardTopology], broken on purpose: its tasks work on whatever state they find.
public final class UncheckedState {
    private UncheckedState() {}

    public static Topology build(Flow flow, Ports ports, StoreKind stores, StreamsConfig config) {
        WholeState unchecked = new WholeState(ports.observer(), ports.progress().parked()) {
            @Override
            Kind require(Task task, StateSeal seal) {
                boolean any = seal.count().values().stream().anyMatch(digest -> digest.rows() > 0);
                seal.keep();
                return any || task.committed() ? Kind.WHOLE : Kind.NEW;
            }
        };
        return KeywardTopology.build(flow, ports, stores, config, unchecked, Optional.empty());
    }
}
