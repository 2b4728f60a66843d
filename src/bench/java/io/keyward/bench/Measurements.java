package io.keyward.bench;

import io.keyward.bench.measure.Failover;
import io.keyward.bench.measure.FanOutTime;
import io.keyward.bench.measure.Latency;
import io.keyward.bench.measure.Restart;
import io.keyward.bench.measure.Result;
import java.util.ArrayList;
import java.util.List;

/// All results of a run so far.
///
/// @param rates the rates of all subjects and variants
/// @param large the rates with the second workload
/// @param leftOut the trials that were skipped for lack of time
record Measurements(
        List<Result> rates,
        List<Result> large,
        List<Latency> latencies,
        List<Restart> restarts,
        List<Failover> failovers,
        List<FanOutTime> fanOuts,
        List<String> leftOut) {
    static Measurements none() {
        return new Measurements(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }
}
