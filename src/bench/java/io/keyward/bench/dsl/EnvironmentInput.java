package io.keyward.bench.dsl;

import io.keyward.avro.state.StateCodec;
import io.keyward.domain.fact.KeyFacts;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;

/// An input of an environment: an event about it, or the facts of one of its keys with the event that changed
/// them.
///
/// @param event the event as received
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record EnvironmentInput(byte[] event, Optional<KeyFacts> facts) {

    static Serde<EnvironmentInput> serde() {
        return BinarySerdes.serde(
                (out, input) -> {
                    BinarySerdes.write(out, input.event);
                    BinarySerdes.write(
                            out, input.facts.map(StateCodec.KEYS::write).orElse(null));
                },
                in -> new EnvironmentInput(
                        BinarySerdes.read(in),
                        Optional.ofNullable(BinarySerdes.read(in)).map(StateCodec.KEYS::read)));
    }
}
