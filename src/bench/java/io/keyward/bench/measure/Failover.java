package io.keyward.bench.measure;

/// How long decisions fail to appear when one of two instances is killed, with standbys.
///
/// @param rate events a second
/// @param longestWait seconds from the moment at which an event was due until a reader of committed records had its
///     decision: the longest of all events due after the kill
public record Failover(Subject subject, int rate, double longestWait) {}
