package io.keyward.topology;

import io.keyward.domain.DecisionResult;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Trigger;
import io.keyward.domain.event.Event;
import java.time.Instant;

/// Publishes the decisions of a task.
public interface TaskOutputs {
    /// The timestamp of the records that a trigger causes, in milliseconds since 1970.
    static long time(Trigger trigger) {
        return Math.max(0, trigger.recordTime().toEpochMilli());
    }

    /// Whether outputs are withheld: nothing is published.
    boolean isWithholding();

    /// Publishes the result of deciding an environment, and returns what to store.
    ///
    /// @param before the last published outputs of the environment
    EnvironmentState publish(Published before, DecisionResult result, Trigger trigger);

    /// Publishes a warning about a tenant, or a tombstone.
    void publish(Publication publication, Trigger trigger);

    /// Publishes that a tenant was erased.
    void publish(Erasure erasure, Trigger trigger);

    /// Writes a time event.
    void publish(Event.TimeReached event, Instant now);
}
