package io.keyward.bench.measure;

import org.HdrHistogram.Histogram;

/// How long it took from the moment at which an event was due until a reader of committed records had its decision.
///
/// @param rate events a second
/// @param micros one entry for each decision
public record Latency(SubjectVariant subjectVariant, int rate, Histogram micros) {
    public Subject subject() {
        return subjectVariant.subject();
    }

    /// In milliseconds.
    public double percentile(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }
}
