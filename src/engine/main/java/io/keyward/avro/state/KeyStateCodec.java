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
        FactStateCodec.newest(out, facts.rotations(), KeyStateCodec::rotation);
        FactStateCodec.newest(out, facts.revocations(), KeyStateCodec::revocation);
        FactStateCodec.newest(out, facts.restorations(), KeyStateCodec::restoration);
        out.list(facts.expiries().facts(), KeyStateCodec::expiry);
    }

    static KeyFacts read(StateInput in) throws IOException {
        return new KeyFacts(
                FactStateCodec.newest(in, KeyFacts.CAPACITY, KeyStateCodec::rotation),
                FactStateCodec.newest(in, KeyFacts.CAPACITY, KeyStateCodec::revocation),
                FactStateCodec.newest(in, KeyFacts.CAPACITY, KeyStateCodec::restoration),
                new Newest<>(KeyFacts.CAPACITY, in.list(KeyStateCodec::expiry)));
    }

    private static void rotation(StateOutput out, Fact.Rotation rotation) {
        out.stamp(rotation.stamp());
        out.version(rotation.newVersion());
        out.optional(rotation.previousVersion(), StateOutput::version);
    }

    private static Fact.Rotation rotation(StateInput in) throws IOException {
        return new Fact.Rotation(in.stamp(), in.version(), in.optional(StateInput::version));
    }

    private static void revocation(StateOutput out, Fact.Revocation revocation) {
        out.stamp(revocation.stamp());
        out.optional(revocation.version(), StateOutput::version);
        out.symbol(CAUSES, revocation.cause());
    }

    private static Fact.Revocation revocation(StateInput in) throws IOException {
        return new Fact.Revocation(in.stamp(), in.optional(StateInput::version), in.symbol(CAUSES));
    }

    private static void restoration(StateOutput out, Fact.Restoration restoration) {
        out.stamp(restoration.stamp());
        out.optional(restoration.version(), StateOutput::version);
        out.optional(restoration.cause(), (to, cause) -> to.symbol(CAUSES, cause));
    }

    private static Fact.Restoration restoration(StateInput in) throws IOException {
        return new Fact.Restoration(
                in.stamp(), in.optional(StateInput::version), in.optional(from -> from.symbol(CAUSES)));
    }

    private static void expiry(StateOutput out, Fact.Expiry expiry) {
        out.stamp(expiry.stamp());
        out.version(expiry.version());
        out.time(expiry.expiresAt());
    }

    private static Fact.Expiry expiry(StateInput in) throws IOException {
        return new Fact.Expiry(in.stamp(), in.version(), in.time());
    }
}
