package io.keyward.bench.measure;

import org.HdrHistogram.Histogram;

/// The time from the moment when an event was due until a read-committed consumer had its decision.
///
/// @param rate events per second
/// @param micros one entry for each decision, in microseconds
public record Latency(SubjectVariant subjectVariant, int rate, Histogram micros) {
    public Subject subject() {
        return subjectVariant.subject();
    }

    /// The percentile in milliseconds.
    public double percentile(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }
}
