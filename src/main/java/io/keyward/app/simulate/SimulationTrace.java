package io.keyward.app.simulate;

import io.keyward.domain.Explanation;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.id.RefusedException;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.LogSubject;
import io.keyward.topology.contract.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Records which topics the topology wrote to, in order, and the explanation of each decision. For one thread.
final class SimulationTrace implements FlowObserver {
    private final List<TracedRecord> steps = new ArrayList<>();

    /// One record written to a topic, and the explanation if it is a decision.
    record TracedRecord(Topic topic, Supplier<List<Explanation>> why) {}

    /// Returns and forgets what was written since the last call.
    List<TracedRecord> drain() {
        List<TracedRecord> taken = List.copyOf(steps);
        steps.clear();
        return taken;
    }

    @Override
    public void refused(RefusedException why, LogSubject about) {
        steps.add(new TracedRecord(Topic.DEAD_LETTERS, List::of));
    }

    @Override
    public void published(Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {
        boolean decision = publication instanceof Publication.OfDecision;
        steps.add(new TracedRecord(Topic.of(publication), decision ? why : List::of));
    }
}
