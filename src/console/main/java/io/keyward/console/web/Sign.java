package io.keyward.console.web;

import io.keyward.console.whatif.CodeWords;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
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
        return switch (state) {
            case MICROSOFT_MANAGED -> new Sign("Microsoft-managed key", Shape.RING, Tone.QUIET);
            case CUSTOMER_MANAGED -> new Sign("Customer-managed key", Shape.CHECK, Tone.GOOD);
            case LOCKED -> new Sign("Locked", Shape.LOCK, Tone.CRITICAL);
            case RECOVERABLE -> new Sign("To be enabled again", Shape.RETURN, Tone.WARNING);
            case DELETED -> new Sign("Deleted", Shape.CROSS, Tone.QUIET);
        };
    }

    static Sign of(PolicyStatus status) {
        return switch (status) {
            case NONE -> new Sign("No policy", Shape.RING, Tone.QUIET);
            case SUCCEEDED -> new Sign("Succeeded", Shape.CHECK, Tone.GOOD);
            case WARNING -> new Sign("Warning", Shape.TRIANGLE, Tone.WARNING);
            case FAILED -> new Sign("Failed", Shape.CROSS, Tone.ERROR);
        };
    }

    static Sign of(EnforcementStatus status) {
        return switch (status) {
            case ENFORCED -> new Sign("Enforced", Shape.CHECK, Tone.GOOD);
            case UNREPORTED -> new Sign("Not reported", Shape.QUESTION, Tone.QUIET);
            case IN_PROGRESS -> new Sign("In progress", Shape.HALF, Tone.INFO);
            case DRIFTED -> new Sign("Drifted", Shape.DIAMOND, Tone.WARNING);
            case FAILED -> new Sign("Failed", Shape.CROSS, Tone.ERROR);
        };
    }

    static Sign of(Severity severity) {
        return switch (severity) {
            case INFO -> new Sign("Information", Shape.LETTER_I, Tone.INFO);
            case WARNING -> new Sign("Warning", Shape.TRIANGLE, Tone.WARNING);
            case ERROR -> new Sign("Error", Shape.DIAMOND, Tone.ERROR);
            case CRITICAL -> new Sign("Critical", Shape.OCTAGON, Tone.CRITICAL);
        };
    }

    static Sign of(Protection protection) {
        return switch (protection) {
            case CUSTOMER_MANAGED -> new Sign("Customer-managed key", Shape.CHECK, Tone.GOOD);
            case PENDING_REPROVISION -> new Sign("To be provisioned again", Shape.RETURN, Tone.WARNING);
            case MIXED -> new Sign("Partly on each key", Shape.HALF, Tone.WARNING);
            case MICROSOFT_MANAGED -> new Sign("Microsoft-managed key", Shape.RING, Tone.QUIET);
            case UNDETERMINED -> new Sign("Not known yet", Shape.QUESTION, Tone.QUIET);
            case LOCKED -> new Sign("Locked", Shape.LOCK, Tone.CRITICAL);
        };
    }

    /// A warning about a component's reports, as the state of the component.
    static Sign ofComponents(WarningCode code) {
        String words = switch (code) {
            case ENFORCEMENT_LATE -> "Late";
            case ENFORCEMENT_DRIFT -> "Drifted";
            case ENFORCEMENT_FAILED -> "Failed";
            default -> CodeWords.of(code.name());
        };
        Sign severity = of(code.severity());
        return new Sign(words, severity.shape(), severity.tone());
    }

    static Sign orNone(Optional<EncryptionState> state) {
        return state.map(Sign::of).orElse(NONE);
    }

    static Sign revoked(int times) {
        return new Sign(Integer.toString(times), Shape.LOCK, Tone.CRITICAL);
    }
}
