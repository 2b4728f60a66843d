package io.keyward.topology;

import io.keyward.avro.PublicationWriter;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Sweep;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.DerivedRows;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Decides events and publishes the changes for the environment, the users of the key, or the tenant.
///
/// If an event concerns more environments than a budget allows, a punctuator decides the rest step by step.
/// So no transaction exceeds its timeout, and other tenants are served in between.
///
/// [#init] creates all decoded state anew, and with it everything that could be wrong after an aborted
/// transaction, see `CachedStore`.
final class DecideProcessor implements Processor<String, Admitted, String, byte[]> {
    /// How often interrupted sweeps are resumed.
    private static final Duration SWEEP_PERIOD = Duration.ofMillis(50);

    /// How often the clock is compared with the deadlines.
    private static final Duration DEADLINE_PERIOD = Duration.ofMillis(200);

    private final Flow flow;
    private final PublicationWriter writer;
    private final FlowObserver observer;
    private final CommittedPositions committed;
    private ProcessorContext<String, byte[]> context;
    private DecidedPosition position;
    private TenantEraser eraser;
    private EnvironmentDecider decider;
    private FanOutScheduler sweeps;
    private DeadlineScheduler time;
    private SweepProgress progress;
    private final Optional<RestoredState> restored;
    private Consumer<Trigger> mend = _ -> {};
    private boolean rulesChecked;

    DecideProcessor(Flow flow, PublicationWriter writer, FlowObserver observer, CommittedPositions committed) {
        this(flow, writer, observer, committed, Optional.empty());
    }

    /// @param restored makes the state consistent first; then nothing is published, swept or written by the clock
    DecideProcessor(
            Flow flow,
            PublicationWriter writer,
            FlowObserver observer,
            CommittedPositions committed,
            Optional<RestoredState> restored) {
        this.flow = flow;
        this.writer = writer;
        this.observer = observer;
        this.committed = committed;
        this.restored = restored;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        rulesChecked = false;
        position = new DecidedPosition(committed.of(context.taskId().partition()), flow.names());
        long cachedBytes = flow.bounds().cachedBytes() / flow.partitions() / 2; // half for keys, half for tenants
        TaskStores stores = TaskStores.of(context, cachedBytes);
        PublicationForwarder forwarder =
                new PublicationForwarder(context, flow.names(), writer, observer, position, restored.isPresent());
        eraser = new TenantEraser(stores, forwarder, flow.clock());
        decider = new EnvironmentDecider(stores, flow.profile(), eraser, forwarder);
        time = new DeadlineScheduler(context, stores.deadlines(), stores.tenants(), writer, flow.names(), position);
        progress = new SweepProgress(context.taskId().partition(), observer, System::nanoTime);
        sweeps = new FanOutScheduler(
                stores,
                decider,
                new FanOutScheduler.Erasures(eraser, time),
                flow.bounds().fanOut(),
                progress);
        if (restored.isPresent()) {
            DerivedRows derived = new DerivedRows(context::getStateStore);
            int partition = context.taskId().partition();
            mend = trigger -> restored.get().mend(partition, stores.environments(), derived, stores.sweeps(), trigger);
            context.schedule(SWEEP_PERIOD, PunctuationType.WALL_CLOCK_TIME, this::checkRules);
            return;
        }
        context.schedule(SWEEP_PERIOD, PunctuationType.WALL_CLOCK_TIME, this::continueSweeps);
        context.schedule(
                DEADLINE_PERIOD,
                PunctuationType.WALL_CLOCK_TIME,
                _ -> time.writeDue(flow.clock().instant(), eraser::isErasing));
    }

    @Override
    public void process(Record<String, Admitted> admitted) {
        checkRules(admitted.timestamp());
        context.recordMetadata().ifPresent(position::move);
        Event event = admitted.value().event();
        restored.ifPresent(state -> state.read(event));
        Trigger trigger = trigger(event, admitted);
        switch (event) {
            case Event.OfEnvironment e -> {
                if (decider.applyEnvironmentEvent(e, trigger)) {
                    grantSlots(e, trigger);
                }
            }
            case Event.OfKey e -> decider.applyKeyEvent(e).forEach(key -> reachUsers(e.tenantId(), key, trigger));
            case Event.TenantLimitChanged e -> {
                if (decider.applyLimit(e)) {
                    grantSlots(e, trigger);
                }
            }
            case Event.TenantErased e -> sweeps.begin(eraser.begin(e.tenantId(), trigger), trigger);
            case Event.TimeReached e -> {
                time.read(e);
                if (!eraser.isErasing(e.tenantId())) { // what is due later is told again when the erasure is done
                    decider.applyTime(e);
                    sweeps.begin(new Sweep.OfDeadlines(e.tenantId(), e.dueAt(), Optional.empty()), trigger);
                }
            }
        }
    }

    @Override
    public void close() {
        if (progress != null) { // null if init failed
            progress.partitionLeft();
        }
    }

    private void grantSlots(Event event, Trigger trigger) {
        sweeps.begin(new Sweep.OfQueue(event.tenantId()), trigger);
    }

    private void reachUsers(TenantId tenant, KeyId key, Trigger trigger) {
        sweeps.begin(new Sweep.OfKey(tenant, key, Optional.empty()), trigger);
    }

    private void continueSweeps(long now) {
        checkRules(now);
        sweeps.resume();
    }

    /// Changed rules, or a changed profile, decide every environment again (docs/domain.md, "Rule profiles"). Restored
    /// state is made consistent instead, before it is used, and decided again at the next start.
    private void checkRules(long now) {
        if (!rulesChecked) {
            Instant time = Instant.ofEpochMilli(now);
            Cause cause = new Cause(
                    Trigger.PROFILE_CHANGED,
                    flow.profile().name(),
                    time,
                    "",
                    context.taskId().partition(),
                    -1);
            Trigger trigger = new Trigger(cause, time, List.of());
            if (restored.isPresent()) {
                mend.accept(trigger);
            } else {
                sweeps.beginIfRulesChanged(flow.profile(), trigger);
            }
            rulesChecked = true;
        }
    }

    private static Trigger trigger(Event event, Record<String, Admitted> admitted) {
        Origin origin = admitted.value().origin();
        Cause cause = new Cause(
                event.type(),
                event.stamp().eventId().value(),
                event.occurredAt(),
                origin.topic(),
                origin.partition(),
                origin.offset());
        return new Trigger(cause, Instant.ofEpochMilli(admitted.timestamp()), carried(admitted.headers()));
    }

    private static List<Trigger.CarriedHeader> carried(Headers headers) {
        if (!headers.iterator().hasNext()) {
            return List.of();
        }
        return Arrays.stream(CarriedHeaders.toOutputs(headers).toArray())
                .map(header -> new Trigger.CarriedHeader(header.key(), header.value()))
                .toList();
    }
}
