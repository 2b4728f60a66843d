package io.keyward.console.web;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.event.Protection;
import java.util.Optional;

/// A word with its shape and colour.
record Sign(String words, Shape shape, Tone tone) {
    static final Sign SAFE = new Sign("Safe", Shape.CHECK, Tone.GOOD);
    static final Sign NOT_SAFE = new Sign("Not safe", Shape.CROSS, Tone.CRITICAL);
    static final Sign CANNOT_BE_USED = new Sign("Cannot be used", Shape.LOCK, Tone.CRITICAL);
    static final Sign STILL_REVOKED = new Sign("Still revoked", Shape.LOCK, Tone.CRITICAL);
    static final Sign LATE = ofComponents(WarningCode.ENFORCEMENT_LATE);
    static final Sign CLEARED = new Sign("Cleared", Shape.CHECK, Tone.GOOD);
    private static final Sign NONE = new Sign("No decision", Shape.RING, Tone.QUIET);

    static Sign of(EncryptionState state) {
        return new Sign(Words.of(state), Shape.of(state), Tone.of(state));
    }

    static Sign of(PolicyStatus status) {
        return new Sign(Words.of(status), Shape.of(status), Tone.of(status));
    }

    static Sign of(EnforcementStatus status) {
        return new Sign(Words.of(status), Shape.of(status), Tone.of(status));
    }

    static Sign ofComponents(WarningCode code) {
        Severity severity = WarningKey.of(code).severity();
        return new Sign(Words.ofComponents(code), Shape.of(severity), Tone.of(severity));
    }

    static Sign of(Severity severity) {
        return new Sign(Words.of(severity), Shape.of(severity), Tone.of(severity));
    }

    static Sign of(Protection protection) {
        return new Sign(Words.of(protection), Shape.of(protection), Tone.of(protection));
    }

    static Sign orNone(Optional<EncryptionState> state) {
        return state.map(Sign::of).orElse(NONE);
    }

    static Sign revoked(int times) {
        return new Sign(Integer.toString(times), Shape.LOCK, Tone.CRITICAL);
    }
}
