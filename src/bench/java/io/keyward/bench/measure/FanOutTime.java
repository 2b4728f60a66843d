package io.keyward.bench.measure;

/// How fast the environments of one key are decided after an event about the key.
///
/// @param environments the number of environments that use the key
/// @param decisions the number of decisions that the events about the key caused
/// @param seconds the time from the first event until the last decision could be read
public record FanOutTime(SubjectVariant subjectVariant, int environments, long decisions, double seconds) {
    public double environmentsPerSecond() {
        return decisions / seconds;
    }
}
