package io.keyward.topology;

import io.keyward.domain.Decider;
import io.keyward.domain.Explanation;
import io.keyward.domain.decision.PendingSweep;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.store.DeadlineStore;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.PendingSweepStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/// The deciding processor over the stores of one tenant, with records of what it publishes.
final class TenantDryRun {
    private final Flow flow;
    private final DryRun.Codecs codecs;
    private final DecideProcessor processor;
    private final DetachedContext<String, byte[]> context;
    private final DryRun.Unfinished unfinished;
    private final List<DryRun.Output> outputs = new ArrayList<>();
    private Optional<Record<String, byte[]>> forwarded = Optional.empty();
    private int sweepsWaiting;
    private int reached;

    TenantDryRun(
            Flow flow, DryRun.Codecs codecs, TenantId tenant, Function<String, KeyValueStore<Bytes, byte[]>> stores) {
        this.flow = flow;
        this.codecs = codecs;
        PendingSweepStore pending = new PendingSweepStore(stores.apply(Nodes.TENANTS));
        boolean otherRules = takeRules(pending, new DeadlineStore(stores.apply(Nodes.DEADLINES)));
        List<PendingSweep> sweeps = pending.confineTo(tenant);
        processor = new DecideProcessor(flow, codecs.writer(), new Recorder(), CommittedPositions.NONE);
        context = new DetachedContext<>(
                stores::apply,
                (record, _) ->
                        forwarded = Optional.of(record.withKey(record.key()).withValue(record.value())));
        processor.init(context);
        continueSweeps();
        unfinished = new DryRun.Unfinished(otherRules, sweeps, sweepsWaiting == 0);
    }

    /// Says that our rules decided the stores last, so that no sweep of everything begins. Returns whether it were
    /// others.
    private boolean takeRules(PendingSweepStore pending, DeadlineStore deadlines) {
        String rules = Decider.rulesOf(flow.profile());
        boolean others = pending.rules().filter(last -> !last.equals(rules)).isPresent();
        pending.putRules(rules);
        deadlines.setFilled();
        return others;
    }

    private void continueSweeps() {
        while (sweepsWaiting > 0 && reached < flow.bounds().fanOut().maxEnvironments()) {
            context.punctuate();
        }
    }

    DryRun.Unfinished unfinished() {
        return unfinished;
    }

    DryRun.Outcome.Decided decide(Record<String, Admitted> admitted) {
        Event event = admitted.value().event();
        int waitedBefore = sweepsWaiting;
        outputs.clear();
        reached = event instanceof Event.OfEnvironment ? 1 : 0;
        processor.process(admitted);
        return new DryRun.Outcome.Decided(event, outputs, reached, sweepsWaiting <= waitedBefore);
    }

    private final class Recorder implements FlowObserver {
        @Override
        public void published(Publication publication, Duration sinceCause, Supplier<List<Explanation>> why) {
            String topic = flow.names().name(Topic.of(publication));
            Record<String, byte[]> record = forwarded.orElseThrow();
            outputs.add(new DryRun.Output(
                    publication, codecs.read(topic, record.withKey(record.key().getBytes(StandardCharsets.UTF_8)))));
        }

        @Override
        public void swept(int environments) {
            reached += environments;
        }

        @Override
        public void sweepsWaiting(int partition, int sweeps) {
            sweepsWaiting = sweeps;
        }
    }
}
