package io.keyward.domain.decision;

import io.keyward.domain.event.Protection;

/// How a component is protected, and the rule that says so.
public record ComponentProtection(Protection protection, Rule reason) {}
