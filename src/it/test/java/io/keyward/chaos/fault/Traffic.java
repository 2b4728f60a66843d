package io.keyward.chaos.fault;

import io.keyward.chaos.cluster.ExperimentTopics;
import io.keyward.chaos.load.EventEncoder;
import io.keyward.chaos.load.Load;
import io.keyward.domain.event.Event;
import java.util.stream.Stream;

/// The inputs of an experiment: where they go, how many come, and how they are encoded.
public record Traffic(ExperimentTopics topics, Load load, EventEncoder encoder) {
    /// Sends these beside the load, and returns when the cluster has acknowledged them.
    void sendFacts(Stream<? extends Event> events) {
        load.send(events.map(encoder::fact).toList());
    }
}
