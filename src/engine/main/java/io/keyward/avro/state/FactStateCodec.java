package io.keyward.avro.state;

import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.Newest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The binary form of the facts of one kind, which several stores share.
final class FactStateCodec {

    private FactStateCodec() {}

    static <T extends Fact> void newest(StateOutput out, Newest<T> facts, StateOutput.Part<T> part) {
        out.list(facts.facts(), part);
        out.optional(facts.evicted(), (to, newest) -> {
            to.time(newest);
            to.optional(facts.oldestEvicted(), StateOutput::time);
        });
    }

    static <T extends Fact> Newest<T> newest(StateInput in, int capacity, StateInput.Part<T> part) throws IOException {
        List<T> facts = in.list(part);
        Optional<Evicted> evicted = in.optional(from -> new Evicted(from.time(), from.optional(StateInput::time)));
        return new Newest<>(capacity, facts, evicted.map(Evicted::newest), evicted.flatMap(Evicted::oldest));
    }

    private record Evicted(Instant newest, Optional<Instant> oldest) {}
}
