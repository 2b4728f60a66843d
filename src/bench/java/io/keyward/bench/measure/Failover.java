package io.keyward.bench.measure;

/// How long decisions are missing when one of two instances with standbys is killed.
///
/// @param rate events per second
/// @param longestWait the longest time in seconds from the moment when an event was due until a read-committed
/// consumer had its decision, over all events due after the kill
public record Failover(Subject subject, int rate, double longestWait) {}
