package io.keyward.domain.decision;

import io.keyward.domain.event.Protection;

/// How a component is protected, and by which rule.
public record ComponentProtection(Protection protection, Rule reason) {}
