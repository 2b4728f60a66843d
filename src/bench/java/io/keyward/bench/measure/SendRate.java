package io.keyward.bench.measure;

/// How fast events come, and for how long.
///
/// @param rate events a second
public record SendRate(int rate, int seconds) {
    int events() {
        return rate * seconds;
    }
}
