package io.keyward.topology.read;

import io.keyward.domain.Decider;
import io.keyward.domain.DecisionResult;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Explanation;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.decision.PendingFanOut;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.EventDecider;
import io.keyward.topology.Flow;
import io.keyward.topology.FlowObserver;
import io.keyward.topology.TaskOutputs;
import io.keyward.topology.TaskStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// Decides events over the stores of one tenant, and collects what would be published.
final class TenantDryRun implements TaskOutputs, FlowObserver {
    private final TaskStores stores;
    private final EventDecider events;
    private final DryRun.Unfinished unfinished;
    private final List<DryRun.Output> outputs = new ArrayList<>();
    private int reached;

    TenantDryRun(Flow flow, TenantId tenant, Function<String, KeyValueStore<Bytes, byte[]>> rows) {
        stores = TaskStores.of(rows, flow.bounds().cachedBytes() / 2);
        boolean otherRules = replaceRules(Decider.rulesOf(flow.profile()));
        List<PendingFanOut> fanOuts = stores.fanOuts().confineTo(tenant);
        events = EventDecider.of(flow, stores, this, this);
        while (stores.fanOuts().count() > 0 && reached < flow.bounds().fanOut().maxEnvironments()) {
            events.resumeFanOut();
        }
        unfinished = new DryRun.Unfinished(otherRules, fanOuts, stores.fanOuts().count() == 0);
    }

    /// Stores the rules of this flow as the last ones, so that no fan-out of everything starts. Returns whether
    /// other rules were stored.
    private boolean replaceRules(String rules) {
        boolean others =
                stores.fanOuts().rules().filter(last -> !last.equals(rules)).isPresent();
        stores.fanOuts().putRules(rules);
        stores.deadlines().setFilled();
        return others;
    }

    DryRun.Unfinished unfinished() {
        return unfinished;
    }

    DryRun.Outcome.Decided decide(Event event, Trigger trigger) {
        int waitedBefore = stores.fanOuts().count();
        outputs.clear();
        reached = event instanceof Event.OfEnvironment ? 1 : 0;
        events.decide(event, trigger);
        return new DryRun.Outcome.Decided(outputs, reached, stores.fanOuts().count() <= waitedBefore);
    }

    @Override
    public void reachedByFanOut(int environments) {
        reached += environments;
    }

    @Override
    public boolean isWithholding() {
        return false;
    }

    @Override
    public EnvironmentState publish(Published before, DecisionResult result, Trigger trigger) {
        result.publications().forEach(publication -> publish(publication, trigger, result::explanation));
        return result.after();
    }

    @Override
    public void publish(Publication publication, Trigger trigger) {
        publish(publication, trigger, List::of);
    }

    private void publish(Publication publication, Trigger trigger, Supplier<List<Explanation>> why) {
        Instant time = Instant.ofEpochMilli(TaskOutputs.time(trigger));
        outputs.add(new DryRun.Output(publication, time, why));
    }

    @Override
    public void publish(Erasure erasure, Trigger trigger) {
        // A dry run returns only the tombstones.
    }

    @Override
    public void publish(Event.TimeReached event, Instant now) {
        throw new IllegalStateException("A dry run does not write time events.");
    }
}
