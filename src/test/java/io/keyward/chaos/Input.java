package io.keyward.chaos;

import io.keyward.domain.event.Event;
import io.keyward.domain.id.RefusalCode;
import io.keyward.topology.contract.Topic;
import java.util.Optional;

/// A record for an input topic, and what has to become of it.
///
/// @param partition empty: where the default partitioner puts the key
/// @param key empty for a record without key
/// @param value empty for a null value
record Input(
        Topic topic,
        Optional<Integer> partition,
        Optional<String> key,
        Optional<byte[]> value,
        Expectation expectation) {

    /// What has to become of an input.
    sealed interface Expectation {}

    /// It causes exactly one decision, whatever arrives before or after it on other partitions.
    record Decides(Event event) implements Expectation {}

    /// It is among the facts; whether it causes decisions depends on what came before.
    record States(Event event) implements Expectation {}

    /// It goes to the dead letters, with that code.
    record IsRefused(RefusalCode code) implements Expectation {}

    /// The event that it states, if it states one.
    Optional<Event> event() {
        return switch (expectation) {
            case Decides decides -> Optional.of(decides.event());
            case States states -> Optional.of(states.event());
            case IsRefused _ -> Optional.empty();
        };
    }

    /// The same record without its key, on that partition: what a producer with another partitioner makes of it.
    Input misplaced(int onPartition) {
        return new Input(topic, Optional.of(onPartition), Optional.empty(), value, expectation);
    }
}
