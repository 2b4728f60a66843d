package io.keyward.bench.measure;

/// How fast the environments of one key are decided when something happens to the key.
///
/// @param environments how many use the key
/// @param events how many events about the key were sent at once
/// @param seconds until all decisions could be read
public record FanOut(Subject subject, int environments, int events, double seconds) {
    public double environmentsPerSecond() {
        return environments * (double) events / seconds;
    }
}
