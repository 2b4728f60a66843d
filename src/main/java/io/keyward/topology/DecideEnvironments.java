package io.keyward.topology;

import io.keyward.avro.PublicationWriter;
import io.keyward.domain.Cause;
import io.keyward.domain.Event;
import io.keyward.domain.KeyId;
import io.keyward.domain.Sweep;
import io.keyward.domain.TenantId;
import io.keyward.domain.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Takes in events and publishes what changes because of them, for the environment, the key's users or the tenant.
///
/// What one event has to reach beyond a bound is reached later, bit by bit, by the clock: no transaction outlives its
/// timeout, and other tenants are served in between.
///
/// What it keeps of the stores in decoded form it makes anew in [#init], and with it everything that could be wrong
/// after a transaction was aborted: see [DecodedRows].
final class DecideEnvironments implements Processor<String, Admitted, String, byte[]> {
    /// How often interrupted sweeps go on.
    private static final Duration SWEEP_PERIOD = Duration.ofMillis(50);

    private final Flow flow;
    private final PublicationWriter writer;
    private final FlowObserver observer;
    private ProcessorContext<String, byte[]> context;
    private TenantDesk desk;
    private Sweeps sweeps;
    private SweepProgress progress;
    private boolean profileChecked;

    DecideEnvironments(Flow flow, PublicationWriter writer, FlowObserver observer) {
        this.flow = flow;
        this.writer = writer;
        this.observer = observer;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        long cachedBytes = flow.bounds().cachedBytes() / flow.partitions() / 2; // of keys, and of tenants
        EnvironmentRows environments = new EnvironmentRows(context.getStateStore(Nodes.ENVIRONMENTS));
        KeyRows keys =
                new KeyRows(context.getStateStore(Nodes.KEYS), context.getStateStore(Nodes.KEY_USAGE), cachedBytes);
        TenantRows tenants = new TenantRows(context.getStateStore(Nodes.TENANTS), cachedBytes);
        Outbox outbox = new Outbox(context, flow.names(), writer, observer);
        desk = new TenantDesk(environments, keys, tenants, flow.profile(), outbox);
        progress = new SweepProgress(context.taskId().partition(), observer, System::nanoTime);
        sweeps = new Sweeps(
                environments,
                keys,
                new SweepRows(context.getStateStore(Nodes.TENANTS)),
                desk,
                flow.bounds().fanOut(),
                progress);
        context.schedule(SWEEP_PERIOD, PunctuationType.WALL_CLOCK_TIME, this::continueSweeps);
    }

    @Override
    public void process(Record<String, Admitted> admitted) {
        checkProfile(admitted.timestamp());
        Event event = admitted.value().event();
        Trigger trigger = trigger(event, admitted);
        switch (event) {
            case Event.OfEnvironment e -> {
                if (desk.stated(e, trigger)) {
                    grantSlots(e, trigger);
                }
            }
            case Event.OfKey e -> desk.stated(e).forEach(key -> reachUsers(e.tenantId(), key, trigger));
            case Event.TenantLimitChanged e -> {
                if (desk.stated(e)) {
                    grantSlots(e, trigger);
                }
            }
        }
    }

    @Override
    public void close() {
        if (progress != null) { // null if the beginning failed
            progress.gone();
        }
    }

    private void grantSlots(Event event, Trigger trigger) {
        sweeps.begin(new Sweep.OfQueue(event.tenantId()), trigger);
    }

    private void reachUsers(TenantId tenant, KeyId key, Trigger trigger) {
        sweeps.begin(new Sweep.OfKey(tenant, key, Optional.empty()), trigger);
    }

    private void continueSweeps(long now) {
        checkProfile(now);
        sweeps.goOn();
    }

    /// A change of profile decides every environment anew (domain, section 7).
    private void checkProfile(long now) {
        if (!profileChecked) {
            Instant time = Instant.ofEpochMilli(now);
            Cause cause = new Cause(
                    Trigger.PROFILE_CHANGED,
                    flow.profile().name(),
                    time,
                    "",
                    context.taskId().partition(),
                    -1);
            sweeps.beginIfOther(flow.profile(), new Trigger(cause, time, List.of()));
            profileChecked = true;
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
