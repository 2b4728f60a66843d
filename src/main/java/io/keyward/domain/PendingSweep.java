package io.keyward.domain;

/// A sweep that was interrupted, with its trigger: kept until it is done.
public record PendingSweep(Sweep sweep, Trigger trigger) {}
