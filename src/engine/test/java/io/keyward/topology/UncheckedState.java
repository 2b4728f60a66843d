package io.keyward.topology;

import io.keyward.topology.store.StoreKind;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/// The flow of [KeywardTopology], broken on purpose: its tasks work on whatever state they find.
public final class UncheckedState {
    private UncheckedState() {}

    public static Topology build(Flow flow, Ports ports, StoreKind stores, StreamsConfig config) {
        return KeywardTopology.build(flow, ports, stores, config, CompleteState.unchecked(), Optional.empty());
    }
}
