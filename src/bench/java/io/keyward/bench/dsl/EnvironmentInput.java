package io.keyward.bench.dsl;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.fact.KeyFacts;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/// What an environment is told: an event of its own, or the facts of a key that it uses and the event that changed
/// them.
///
/// @param event as received
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record EnvironmentInput(byte[] event, Optional<KeyFacts> facts) {
    private static final StateCodec<KeyFacts> FACTS = StateCodec.ofKeys();

    static Serde<EnvironmentInput> serde() {
        return Parts.serde(
                (out, told) -> {
                    Parts.write(out, told.event);
                    Parts.write(out, told.facts.map(FACTS::write).orElse(null));
                },
                in -> new EnvironmentInput(
                        Parts.read(in), Optional.ofNullable(Parts.read(in)).map(FACTS::read)));
    }
}
