package io.keyward.topology;

import io.keyward.domain.decision.Trigger;
import java.util.List;
import java.util.function.Function;

/// Traces decisions. Called on stream threads: implementations must be fast, and must throw only what
/// the work throws.
public interface Tracing {
    /// Runs the work without a trace.
    Tracing NONE = new Tracing() {};

    /// Runs the work of one span: the decision of an event, or a further batch of its fan-out.
    ///
    /// @param trigger its headers may contain the context of the parent span
    /// @param work receives the trigger for its outputs, whose headers contain the context of this span
    default <T> T trace(Trigger trigger, Function<Trigger, T> work) {
        return work.apply(trigger);
    }

    /// The headers of a time event, which has no parent span.
    ///
    /// @param topic the topic to which it is sent
    default List<Trigger.CarriedHeader> sent(String topic) {
        return List.of();
    }
}
