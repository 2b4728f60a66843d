package io.keyward.domain.decision;

/// The severity of a warning, in rising order.
public enum Severity {
    INFO,
    WARNING,
    ERROR,
    CRITICAL
}
