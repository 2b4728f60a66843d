package io.keyward.domain.decision;

/// How grave a warning is, rising.
public enum Severity {
    INFO,
    WARNING,
    ERROR,
    CRITICAL
}
