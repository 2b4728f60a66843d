package io.keyward.avro;

import io.keyward.domain.Fact;
import io.keyward.domain.KeyFacts;
import io.keyward.domain.Newest;
import io.keyward.domain.RevocationCause;
import java.io.IOException;

/// How the facts of a key lie in their bytes: `state/KeyFacts.avsc`.
final class KeyForm {

    private static final Symbols<RevocationCause> CAUSES =
            Symbols.of(RevocationCause.class, io.keyward.state.RevocationCause.getClassSchema());

    private KeyForm() {}

    static void write(StateOutput out, KeyFacts facts) throws IOException {
        FactForm.newest(out, facts.rotations(), KeyForm::rotation);
        FactForm.newest(out, facts.revocations(), KeyForm::revocation);
        FactForm.newest(out, facts.restorations(), KeyForm::restoration);
        out.list(facts.expiries().facts(), KeyForm::expiry);
    }

    static KeyFacts read(StateInput in) throws IOException {
        return new KeyFacts(
                FactForm.newest(in, KeyFacts.CAPACITY, KeyForm::rotation),
                FactForm.newest(in, KeyFacts.CAPACITY, KeyForm::revocation),
                FactForm.newest(in, KeyFacts.CAPACITY, KeyForm::restoration),
                new Newest<>(KeyFacts.CAPACITY, in.list(KeyForm::expiry)));
    }

    private static void rotation(StateOutput out, Fact.Rotation rotation) throws IOException {
        FactForm.stamp(out, rotation.stamp());
        FactForm.version(out, rotation.newVersion());
        out.optional(rotation.previousVersion(), FactForm::version);
    }

    private static Fact.Rotation rotation(StateInput in) throws IOException {
        return new Fact.Rotation(FactForm.stamp(in), FactForm.version(in), in.optional(FactForm::version));
    }

    private static void revocation(StateOutput out, Fact.Revocation revocation) throws IOException {
        FactForm.stamp(out, revocation.stamp());
        out.optional(revocation.version(), FactForm::version);
        cause(out, revocation.cause());
    }

    private static Fact.Revocation revocation(StateInput in) throws IOException {
        return new Fact.Revocation(FactForm.stamp(in), in.optional(FactForm::version), cause(in));
    }

    private static void restoration(StateOutput out, Fact.Restoration restoration) throws IOException {
        FactForm.stamp(out, restoration.stamp());
        out.optional(restoration.version(), FactForm::version);
        out.optional(restoration.cause(), KeyForm::cause);
    }

    private static Fact.Restoration restoration(StateInput in) throws IOException {
        return new Fact.Restoration(FactForm.stamp(in), in.optional(FactForm::version), in.optional(KeyForm::cause));
    }

    private static void expiry(StateOutput out, Fact.Expiry expiry) throws IOException {
        FactForm.stamp(out, expiry.stamp());
        FactForm.version(out, expiry.version());
        out.time(expiry.expiresAt());
    }

    private static Fact.Expiry expiry(StateInput in) throws IOException {
        return new Fact.Expiry(FactForm.stamp(in), FactForm.version(in), in.time());
    }

    private static void cause(StateOutput out, RevocationCause cause) throws IOException {
        out.symbol(CAUSES, cause);
    }

    private static RevocationCause cause(StateInput in) throws IOException {
        return in.symbol(CAUSES);
    }
}
