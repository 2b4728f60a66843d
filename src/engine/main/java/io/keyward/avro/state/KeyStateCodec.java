package io.keyward.avro.state;

import io.keyward.avro.Symbols;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Newest;
import java.io.IOException;

/// The binary form of the facts about a key: `state/KeyFacts.avsc`.
final class KeyStateCodec {

    private static final Symbols<RevocationCause> CAUSES = Symbols.stored(RevocationCause.class);

    private KeyStateCodec() {}

    static void write(StateOutput out, KeyFacts facts) {
        FactStateCodec.newest(out, facts.rotations(), (to, rotation) -> {
            to.stamp(rotation.stamp());
            to.version(rotation.newVersion());
            to.optional(rotation.previousVersion(), StateOutput::version);
        });
        FactStateCodec.newest(out, facts.revocations(), (to, revocation) -> {
            to.stamp(revocation.stamp());
            to.optional(revocation.version(), StateOutput::version);
            to.symbol(CAUSES, revocation.cause());
        });
        FactStateCodec.newest(out, facts.restorations(), (to, restoration) -> {
            to.stamp(restoration.stamp());
            to.optional(restoration.version(), StateOutput::version);
            to.optional(restoration.cause(), (o, cause) -> o.symbol(CAUSES, cause));
        });
        out.list(facts.expiries().facts(), (to, expiry) -> {
            to.stamp(expiry.stamp());
            to.version(expiry.version());
            to.time(expiry.expiresAt());
        });
    }

    static KeyFacts read(StateInput in) throws IOException {
        return new KeyFacts(
                newest(in, from -> new Fact.Rotation(from.stamp(), from.version(), from.optional(StateInput::version))),
                newest(
                        in,
                        from -> new Fact.Revocation(
                                from.stamp(), from.optional(StateInput::version), from.symbol(CAUSES))),
                newest(
                        in,
                        from -> new Fact.Restoration(
                                from.stamp(),
                                from.optional(StateInput::version),
                                from.optional(i -> i.symbol(CAUSES)))),
                new Newest<>(
                        KeyFacts.CAPACITY,
                        in.list(from -> new Fact.Expiry(from.stamp(), from.version(), from.time()))));
    }

    private static <T extends Fact> Newest<T> newest(StateInput in, StateInput.Part<T> part) throws IOException {
        return FactStateCodec.newest(in, KeyFacts.CAPACITY, part);
    }
}
