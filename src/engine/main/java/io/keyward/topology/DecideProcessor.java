package io.keyward.topology;

import io.keyward.avro.PublicationWriter;
import io.keyward.client.Topic;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import io.keyward.topology.store.DerivedRows;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Decides events and publishes the changes for the environment, the users of the key, or the tenant.
///
/// If an event concerns more environments than a budget allows, a punctuator decides the rest in batches.
/// So no transaction exceeds its timeout, and other tenants are served in between.
///
/// [#init] recreates all decoded state, which could be wrong after an aborted transaction (see `CachedStore`).
final class DecideProcessor implements Processor<String, Admitted, String, byte[]> {
    /// How often interrupted fan-outs are resumed.
    private static final Duration FAN_OUT_PERIOD = Duration.ofMillis(50);

    /// How often the clock is compared with the deadlines.
    private static final Duration DEADLINE_PERIOD = Duration.ofMillis(200);

    private final Flow flow;
    private final Ports ports;
    private final PublicationWriter writer;
    private final CompleteState completeState;
    private final Optional<RestoredState> restored;
    private ProcessorContext<String, byte[]> context;
    private int partition;
    private TaskStores stores;
    private EventDecider events;
    private FanOutProgress fanOutProgress;
    private TaskState state;
    private boolean rulesChecked;

    /// @param completeState shared by all tasks
    /// @param restored if present, makes the state consistent first; then nothing is published, no fan-out is
    ///     resumed, and no time event is written
    DecideProcessor(Flow flow, Ports ports, CompleteState completeState, Optional<RestoredState> restored) {
        this.flow = flow;
        this.ports = ports;
        this.writer = ports.writers().get();
        this.completeState = completeState;
        this.restored = restored;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        partition = context.taskId().partition();
        rulesChecked = false;
        state = TaskState.of(context, flow.names(), ports.committed(), completeState);
        ports.progress().taskStarted(partition, state);
        long cachedBytes = flow.bounds().cachedBytes() / flow.partitions() / 2; // half for keys, half for tenants
        stores = TaskStores.of(context::getStateStore, cachedBytes);
        Map<Topic, PublicationForwarder.Destination> destinations = PublicationForwarder.destinations(flow.names());
        PublicationForwarder outputs =
                new PublicationForwarder(context, destinations, writer, ports, state.position(), restored.isPresent());
        fanOutProgress = new FanOutProgress(partition, ports.observer(), System::nanoTime);
        events = EventDecider.of(flow, stores, outputs, fanOutProgress);
        if (restored.isPresent()) {
            context.schedule(FAN_OUT_PERIOD, PunctuationType.WALL_CLOCK_TIME, this::checkRules);
            return;
        }
        context.schedule(FAN_OUT_PERIOD, PunctuationType.WALL_CLOCK_TIME, now -> {
            if (checkRules(now)) {
                events.fanOuts().resume(ports.tracing());
            }
        });
        context.schedule(DEADLINE_PERIOD, PunctuationType.WALL_CLOCK_TIME, _ -> {
            if (state.isComplete()) {
                events.time().writeDue(flow.clock().instant(), events.eraser()::isErasing);
            }
        });
        ProgressScheduler progress = new ProgressScheduler(context, flow, stores, writer, ports, state.position());
        context.schedule(flow.bounds().progressInterval(), PunctuationType.WALL_CLOCK_TIME, now -> {
            if (checkRules(now)) {
                progress.write(flow.clock().instant());
            } else {
                state.checkAgainIfRepaired(ports.committed());
            }
        });
    }

    @Override
    public void process(Record<String, Admitted> admitted) {
        state.requireComplete();
        checkRules(admitted.timestamp());
        Event event = admitted.value().event();
        restored.ifPresent(rows -> rows.read(event));
        boolean _ = ports.tracing().trace(trigger(event, admitted), trigger -> {
            events.decide(event, trigger);
            return true;
        });
    }

    @Override
    public void close() {
        if (fanOutProgress != null) { // null if init failed
            fanOutProgress.waiting(0);
            ports.progress().taskClosed(partition);
            ports.observer().decidedUpTo(partition, Optional.empty());
        }
    }

    /// If the rules or the profile have changed, decides every environment again (docs/domain.md, "Rule
    /// profiles"). Restored state is instead made consistent before it is used, and decided again at
    /// the next start.
    ///
    /// @return false if the partition is parked
    private boolean checkRules(long now) {
        if (!rulesChecked && state.isComplete()) {
            Instant time = Instant.ofEpochMilli(now);
            Cause cause = new Cause(Trigger.PROFILE_CHANGED, flow.profile().name(), time, "", partition, -1);
            Trigger trigger = new Trigger(cause, time, List.of());
            if (restored.isPresent()) {
                restored.get().makeConsistent(partition, stores, new DerivedRows(context::getStateStore), trigger);
            } else {
                if (state.isNew()) {
                    events.fanOuts().storeRules(flow.profile(), Instant.EPOCH);
                }
                events.fanOuts().beginIfRulesChanged(flow.profile(), trigger);
            }
            rulesChecked = true;
        }
        return rulesChecked;
    }

    private static Trigger trigger(Event event, Record<String, Admitted> admitted) {
        return new Trigger(
                admitted.value().origin().causeOf(event),
                Instant.ofEpochMilli(admitted.timestamp()),
                carried(admitted.headers()));
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
