package io.keyward.topology;

import io.keyward.domain.decision.FanOut;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import java.util.HashMap;
import java.util.Optional;

/// Decides events over the stores of a task: adds each event to the facts, and decides the environments that it
/// concerns again.
public record EventDecider(
        EnvironmentDecider environments, TenantEraser eraser, DeadlineScheduler time, FanOutScheduler fanOuts) {
    /// For a run outside the topology, whose fan-outs are counted by the observer.
    public static EventDecider of(Flow flow, TaskStores stores, TaskOutputs outputs, FlowObserver observer) {
        return of(flow, stores, outputs, new FanOutProgress(0, observer, System::nanoTime));
    }

    static EventDecider of(Flow flow, TaskStores stores, TaskOutputs outputs, FanOutProgress progress) {
        TenantEraser eraser =
                new TenantEraser(stores, outputs, flow.clock(), stores.fanOuts().erasing());
        EnvironmentDecider environments = new EnvironmentDecider(stores, flow.profile(), eraser, outputs);
        DeadlineScheduler time = new DeadlineScheduler(stores, outputs, new HashMap<>());
        progress.waiting(stores.fanOuts().count());
        return new EventDecider(
                environments,
                eraser,
                time,
                new FanOutScheduler(
                        stores, environments, eraser, time, flow.bounds().fanOut(), progress));
    }

    /// Applies an event, and decides the environments that it concerns within one budget. The rest is stored as a
    /// pending fan-out.
    public void decide(Event event, Trigger trigger) {
        switch (event) {
            case Event.OfEnvironment e -> {
                if (environments.applyEnvironmentEvent(e, trigger)) {
                    grantSlots(e, trigger);
                }
            }
            case Event.OfKey e -> {
                if (environments.applyKeyEvent(e)) {
                    fanOuts.begin(new FanOut.OfKey(e.tenantId(), e.key(), Optional.empty()), trigger);
                }
            }
            case Event.TenantLimitChanged e -> {
                if (environments.applyToTenant(e.tenantId(), state -> state.with(e))) {
                    grantSlots(e, trigger);
                }
            }
            case Event.TenantErased e -> fanOuts.begin(eraser.begin(e.tenantId(), trigger), trigger);
            case Event.TimeReached e -> {
                time.read(e);
                if (!eraser.isErasing(e.tenantId())) { // later deadlines are written again after the erasure
                    boolean _ = environments.applyToTenant(e.tenantId(), state -> state.with(e));
                    fanOuts.begin(new FanOut.OfDeadlines(e.tenantId(), e.dueAt(), Optional.empty()), trigger);
                }
            }
        }
    }

    /// Resumes the fan-out of the next tenant, within one budget.
    public void resumeFanOut() {
        fanOuts.resume(Tracing.NONE);
    }

    private void grantSlots(Event event, Trigger trigger) {
        fanOuts.begin(new FanOut.OfQueue(event.tenantId()), trigger);
    }
}
