package io.keyward.chaos.load;

import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusalCode;
import java.util.Optional;

/// A record for an input topic, and what the processor must do with it.
///
/// @param partition empty: where the default partitioner puts the key
/// @param key empty for a record without key
/// @param value empty for a null value
public record Input(
        Topic topic,
        Optional<Integer> partition,
        Optional<String> key,
        Optional<byte[]> value,
        Expectation expectation) {

    /// What the processor must do with an input.
    public sealed interface Expectation {}

    /// It causes exactly one decision, in any order of arrival.
    public record Decides(Event event) implements Expectation {}

    /// It is a fact; whether it causes decisions depends on earlier inputs.
    public record States(Event event) implements Expectation {}

    /// It goes to the dead letters, with that code.
    public record IsRefused(RefusalCode code) implements Expectation {}

    /// Its event; empty if it is refused.
    public Optional<Event> event() {
        return switch (expectation) {
            case Decides decides -> Optional.of(decides.event());
            case States states -> Optional.of(states.event());
            case IsRefused _ -> Optional.empty();
        };
    }

    /// The same record without its key, on that partition: as a producer with another partitioner sends it.
    Input misplaced(int onPartition) {
        return new Input(topic, Optional.of(onPartition), Optional.empty(), value, expectation);
    }
}
