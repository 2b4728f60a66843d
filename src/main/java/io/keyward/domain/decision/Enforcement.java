package io.keyward.domain.decision;

import java.time.Instant;

/// How far what is reported of a component follows what is decided, and since when that is desired (R29).
public record Enforcement(EnforcementStatus status, Instant desiredSince) {}
