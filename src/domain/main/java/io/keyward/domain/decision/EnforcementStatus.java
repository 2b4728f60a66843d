package io.keyward.domain.decision;

/// How far the reports of a component match the decision, from best to worst (R29).
public enum EnforcementStatus {
    /// After `desiredSince`, every known part has shown that all its items are under the desired key.
    ENFORCED,

    /// A known part has not reported since, or no part is known.
    UNREPORTED,

    /// Reported, but some items are not under the desired key yet.
    IN_PROGRESS,

    /// A part was completely under the desired key, and a later report of it shows otherwise (R31).
    DRIFTED,

    /// A part could not bring items under the desired key.
    FAILED;

    /// The worse of the two.
    public EnforcementStatus worse(EnforcementStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
