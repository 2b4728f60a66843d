package io.keyward.client;

import io.keyward.client.GateState.EnvironmentSink;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Data that must be taken back from a sink if it was delivered (R15): all data with event times in the interval.
///
/// @param tenant the tenantId; for an erased tenant of which nothing else has been read, its SHA-256 in
///     lower-case hexadecimal digits
/// @param environment empty: all environments of the tenant, which was erased
/// @param sink empty: all sinks
public record Retraction(String tenant, Optional<String> environment, Optional<String> sink, Interval interval) {
    /// Whether delivered data of this event time has to be taken back from the sink.
    ///
    /// @throws IllegalArgumentException as [SuppressionGate#check] does
    public boolean concerns(String tenantId, String environmentId, String sinkName, Instant eventTime) {
        EnvironmentSink target = new EnvironmentSink(tenantId, environmentId, sinkName);
        return interval.holds(eventTime)
                && environment
                        .filter(name -> !name.equals(target.environment()))
                        .isEmpty()
                && sink.filter(name -> !name.equals(target.sink())).isEmpty()
                && (tenant.equals(tenantId) || (environment.isEmpty() && tenant.equals(Erasures.sha256(tenantId))));
    }

    /// What a signal newly forbids.
    static List<Retraction> ofSink(EnvironmentSink sink, Collection<Interval> forbidden, Collection<Interval> before) {
        return Interval.minus(forbidden, before).stream()
                .map(interval -> new Retraction(
                        sink.tenant(), Optional.of(sink.environment()), Optional.of(sink.sink()), interval))
                .toList();
    }

    /// What the erasure of a tenant newly forbids; nothing if it cannot be read.
    ///
    /// @param before the time up to which the tenant was erased before
    static List<Retraction> ofTenant(String tenant, Instant until, Optional<Instant> before) {
        if (until.equals(Erasures.UNKNOWN)) {
            return List.of();
        }
        return Interval.minus(
                        List.of(Interval.before(until)),
                        before.map(Interval::before).stream().toList())
                .stream()
                .map(interval -> new Retraction(tenant, Optional.empty(), Optional.empty(), interval))
                .toList();
    }
}
