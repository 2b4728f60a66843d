package io.keyward.registry.client;

import java.time.Duration;

/// How long to wait before the next attempt: `first` after the first failure, and twice as long after each
/// further one, up to `longest`.
public record DoublingWait(Duration first, Duration longest) {
    /// The wait after a failure.
    ///
    /// @param earlier how many failures there were before this one
    public Duration after(int earlier) {
        Duration doubled = first.multipliedBy(1L << Math.min(earlier, Short.SIZE));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
