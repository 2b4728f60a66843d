package io.keyward.avro.state;

import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.Newest;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The binary form of the parts that several stores share.
final class FactStateCodec {

    private FactStateCodec() {}

    static void stamp(StateOutput out, Stamp stamp) {
        out.time(stamp.occurredAt());
        out.text(stamp.eventId().value());
    }

    static Stamp stamp(StateInput in) throws IOException {
        return new Stamp(in.time(), new EventId(in.text()));
    }

    static void version(StateOutput out, KeyVersion version) {
        out.text(version.value());
    }

    static KeyVersion version(StateInput in) throws IOException {
        return new KeyVersion(in.text());
    }

    static void key(StateOutput out, KeyReference key) {
        out.key(key.key());
        out.optional(key.version(), FactStateCodec::version);
    }

    static KeyReference key(StateInput in) throws IOException {
        return new KeyReference(in.key(), in.optional(FactStateCodec::version));
    }

    static <T extends Fact> void newest(StateOutput out, Newest<T> facts, StateOutput.Part<T> part) {
        out.list(facts.facts(), part);
        out.optional(facts.forgotten(), (to, newest) -> {
            to.time(newest);
            to.optional(facts.oldestForgotten(), StateOutput::time);
        });
    }

    static <T extends Fact> Newest<T> newest(StateInput in, int capacity, StateInput.Part<T> part) throws IOException {
        List<T> facts = in.list(part);
        Optional<LetGo> letGo = in.isFrom(2) ? in.optional(FactStateCodec::letGo) : Optional.empty();
        return new Newest<>(capacity, facts, letGo.map(LetGo::newest), letGo.flatMap(LetGo::oldest));
    }

    private record LetGo(Instant newest, Optional<Instant> oldest) {}

    private static LetGo letGo(StateInput in) throws IOException {
        return new LetGo(in.time(), in.isFrom(7) ? in.optional(StateInput::time) : Optional.empty());
    }
}
