package io.keyward.bench.measure;

/// What a number of events has taken.
///
/// @param cpuNanos CPU time of the subject's process
/// @param brokerCpuNanos CPU time of the broker's
/// @param allocatedBytes on the subject's heap
public record Usage(long events, double seconds, long cpuNanos, long brokerCpuNanos, long allocatedBytes) {
    /// Whether the subject was still at work when measuring began; if not, no figure is a number.
    public boolean isMeasured() {
        return events > 0;
    }

    public double eventsPerSecond() {
        return isMeasured() ? events / seconds : Double.NaN;
    }

    public double cpuMicrosPerEvent() {
        return perEvent(cpuNanos / 1e3);
    }

    public double brokerCpuMicrosPerEvent() {
        return perEvent(brokerCpuNanos / 1e3);
    }

    public double allocatedPerEvent() {
        return perEvent((double) allocatedBytes);
    }

    private double perEvent(double amount) {
        return isMeasured() ? amount / events : Double.NaN;
    }
}
