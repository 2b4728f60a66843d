package io.keyward.domain.decision;

/// What the Enterprise Policy view shows; `FAILED` only where the policy could not be enforced.
public enum PolicyStatus {
    NONE,
    SUCCEEDED,
    WARNING,
    FAILED
}
