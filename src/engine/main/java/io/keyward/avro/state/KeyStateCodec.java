package io.keyward.avro.state;

import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Newest;
import java.io.IOException;

/// The binary form of the facts about a key: `state/KeyFacts.avsc`.
final class KeyStateCodec {

    private static final Symbols<RevocationCause> CAUSES =
            Symbols.of(RevocationCause.class, io.keyward.state.RevocationCause.getClassSchema());

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
        FactStateCodec.stamp(out, rotation.stamp());
        FactStateCodec.version(out, rotation.newVersion());
        out.optional(rotation.previousVersion(), FactStateCodec::version);
    }

    private static Fact.Rotation rotation(StateInput in) throws IOException {
        return new Fact.Rotation(
                FactStateCodec.stamp(in), FactStateCodec.version(in), in.optional(FactStateCodec::version));
    }

    private static void revocation(StateOutput out, Fact.Revocation revocation) {
        FactStateCodec.stamp(out, revocation.stamp());
        out.optional(revocation.version(), FactStateCodec::version);
        out.symbol(CAUSES, revocation.cause());
    }

    private static Fact.Revocation revocation(StateInput in) throws IOException {
        return new Fact.Revocation(FactStateCodec.stamp(in), in.optional(FactStateCodec::version), in.symbol(CAUSES));
    }

    private static void restoration(StateOutput out, Fact.Restoration restoration) {
        FactStateCodec.stamp(out, restoration.stamp());
        out.optional(restoration.version(), FactStateCodec::version);
        out.optional(restoration.cause(), (to, cause) -> to.symbol(CAUSES, cause));
    }

    private static Fact.Restoration restoration(StateInput in) throws IOException {
        return new Fact.Restoration(
                FactStateCodec.stamp(in),
                in.optional(FactStateCodec::version),
                in.optional(from -> from.symbol(CAUSES)));
    }

    private static void expiry(StateOutput out, Fact.Expiry expiry) {
        FactStateCodec.stamp(out, expiry.stamp());
        FactStateCodec.version(out, expiry.version());
        out.time(expiry.expiresAt());
    }

    private static Fact.Expiry expiry(StateInput in) throws IOException {
        return new Fact.Expiry(FactStateCodec.stamp(in), FactStateCodec.version(in), in.time());
    }
}
