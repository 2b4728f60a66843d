package io.keyward.proof;

import io.keyward.client.Topic;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.Event;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.TopologyHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A topology whose changelogs and outputs are verified.
record VerifiedHarness(TopologyHarness topology, RuleProfile profile) implements AutoCloseable {
    static VerifiedHarness start(RuleProfile profile) {
        return new VerifiedHarness(TopologyHarness.start(profile, FlowObserver.NONE), profile);
    }

    /// One whose fan-outs are interrupted after this many environments.
    static VerifiedHarness start(RuleProfile profile, int fanOutBound) {
        return new VerifiedHarness(TopologyHarness.start(profile, FlowObserver.NONE, fanOutBound), profile);
    }

    VerifiedHarness given(Event... events) {
        List.of(events).forEach(topology::send);
        return this;
    }

    /// Lets all fan-outs end. No deadline passes meanwhile.
    void finishFanOuts() {
        for (int step = 1; topology.fanOutsWait(); step++) {
            topology.clockSays(Instant.EPOCH.plusMillis(50L * step));
        }
    }

    InMemoryLog log() {
        return InMemoryLog.of(topology);
    }

    Subject subject() {
        return new Subject(Map.of(), InMemoryLog.APPLICATION, TopologyHarness.NAMES, profile, topology.registry());
    }

    /// Verifies in as few rounds as it can.
    Report verify(InMemoryLog log) {
        Map<Topic, Integer> outputs = new HashMap<>();
        TopicLayout.OUTPUTS.forEach(topic -> outputs.put(topic, InMemoryLog.OUTPUT_PARTITIONS));
        return new GroupVerification(subject(), new TopicLayout(1, outputs), Duration.ZERO).verify(log);
    }

    @Override
    public void close() {
        topology.close();
    }
}
