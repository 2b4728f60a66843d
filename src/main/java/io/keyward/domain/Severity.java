package io.keyward.domain;

/// How grave a warning is, rising.
public enum Severity {
    INFO,
    WARNING,
    ERROR,
    CRITICAL
}
