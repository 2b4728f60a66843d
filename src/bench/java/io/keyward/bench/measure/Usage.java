package io.keyward.bench.measure;

/// The resources used for a number of events.
///
/// @param cpuNanos CPU time of the subject's process
/// @param compilerNanos the part of it that the JVM's compilers took; 0 in the long run
/// @param brokerCpuNanos CPU time of the broker's process
/// @param allocatedBytes bytes allocated on the subject's heap
public record Usage(
        long events, double seconds, long cpuNanos, long compilerNanos, long brokerCpuNanos, long allocatedBytes) {
    /// Whether the subject was still running when the measurement began. If not, all figures are NaN.
    public boolean isMeasured() {
        return events > 0;
    }

    public double eventsPerSecond() {
        return isMeasured() ? events / seconds : Double.NaN;
    }

    public double cpuMicrosPerEvent() {
        return perEvent(cpuNanos / 1e3);
    }

    public double compilerMicrosPerEvent() {
        return perEvent(compilerNanos / 1e3);
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
