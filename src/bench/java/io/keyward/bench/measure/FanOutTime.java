package io.keyward.bench.measure;

/// How fast the environments of one key are decided when something happens to the key.
///
/// @param environments how many use the key
/// @param decisions how many decisions came of the events about the key
/// @param seconds from the first event until the last decision could be read
public record FanOutTime(Subject subject, int environments, long decisions, double seconds) {
    public double environmentsPerSecond() {
        return decisions / seconds;
    }
}
