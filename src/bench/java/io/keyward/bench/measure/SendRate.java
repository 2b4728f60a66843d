package io.keyward.bench.measure;

/// The rate of events and its duration.
///
/// @param rate events per second
public record SendRate(int rate, int seconds) {
    int events() {
        return rate * seconds;
    }
}
