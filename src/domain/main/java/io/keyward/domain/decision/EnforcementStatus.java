package io.keyward.domain.decision;

/// How far what is reported of a component follows what is decided, from best to worst (R29).
public enum EnforcementStatus {
    /// Every known part has shown, later than what is desired began, that it is wholly so.
    ENFORCED,
    /// A known part has not reported since, or no part is known.
    UNREPORTED,
    /// Reported, and not all of it is so yet.
    IN_PROGRESS,
    /// A part was wholly so, and a later report of it says otherwise (R31).
    DRIFTED,
    /// A part could not bring items under the desired key.
    FAILED;

    /// The worse of the two.
    public EnforcementStatus worse(EnforcementStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
