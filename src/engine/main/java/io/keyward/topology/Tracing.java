package io.keyward.topology;

import io.keyward.domain.decision.Trigger;
import java.util.List;
import java.util.function.Function;

/// Traces decisions. Called on stream threads: must be fast, and must not throw but for what the work throws.
public interface Tracing {
    /// Traces nothing and changes nothing.
    Tracing NONE = new Tracing() {};

    /// Does the work of one span: the decision of an event, or of a further portion of what it concerns.
    ///
    /// @param trigger whose headers may hold the context of the span before
    /// @param work gets the trigger for what it causes: its headers hold the context of this span
    default <T> T trace(Trigger trigger, Function<Trigger, T> work) {
        return work.apply(trigger);
    }

    /// The headers of a record of our own that nothing has caused but the time.
    ///
    /// @param topic to which it is sent
    default List<Trigger.CarriedHeader> sent(String topic) {
        return List.of();
    }
}
