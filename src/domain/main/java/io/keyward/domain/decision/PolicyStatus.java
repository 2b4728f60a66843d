package io.keyward.domain.decision;

/// The status that the Enterprise Policy view shows. `FAILED` means that the policy could not be enforced.
public enum PolicyStatus {
    NONE,
    SUCCEEDED,
    WARNING,
    FAILED
}
