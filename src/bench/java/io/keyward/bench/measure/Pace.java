package io.keyward.bench.measure;

/// How fast events come, and for how long.
///
/// @param rate events a second
public record Pace(int rate, int seconds) {
    int events() {
        return rate * seconds;
    }
}
