package io.keyward.bench.measure;

/// What a number of events has taken.
///
/// @param cpuNanos CPU time of the subject's process
/// @param brokerCpuNanos CPU time of the broker's
/// @param allocatedBytes on the subject's heap
public record Usage(long events, double seconds, long cpuNanos, long brokerCpuNanos, long allocatedBytes) {
    public double eventsPerSecond() {
        return events == 0 ? Double.NaN : events / seconds;
    }

    public double cpuMicrosPerEvent() {
        return cpuNanos / 1e3 / events;
    }

    public double brokerCpuMicrosPerEvent() {
        return brokerCpuNanos / 1e3 / events;
    }

    public double allocatedPerEvent() {
        return (double) allocatedBytes / events;
    }
}
