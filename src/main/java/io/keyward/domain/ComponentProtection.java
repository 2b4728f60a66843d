package io.keyward.domain;

/// How a component is protected, and the rule that says so.
public record ComponentProtection(Protection protection, Rule reason) {}
