package io.keyward.client;

import io.keyward.client.GateState.EnvironmentSink;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Data that must be taken back from a sink, as far as it was delivered (R15): that of the interval's event
/// times.
///
/// @param tenant the tenantId; of an erased tenant of which nothing else has been read, its SHA-256 in
///     lower-case hexadecimal digits
/// @param environment empty: all environments of the tenant, which was erased
/// @param sink empty: all sinks
public record Retraction(String tenant, Optional<String> environment, Optional<String> sink, Interval interval) {
    /// Whether data of that event time has to be taken back from the sink, if it was delivered.
    ///
    /// @throws IllegalArgumentException as of [SuppressionGate#check]
    public boolean concerns(String tenantId, String environmentId, String sinkName, Instant eventTime) {
        EnvironmentSink target = new EnvironmentSink(tenantId, environmentId, sinkName);
        return interval.holds(eventTime)
                && environment
                        .filter(name -> !name.equals(target.environment()))
                        .isEmpty()
                && sink.filter(name -> !name.equals(target.sink())).isEmpty()
                && (tenant.equals(tenantId) || (environment.isEmpty() && tenant.equals(Erasures.sha256(tenantId))));
    }

    /// What a signal forbids that was not forbidden before.
    static List<Retraction> ofSink(EnvironmentSink sink, Collection<Interval> forbidden, Collection<Interval> before) {
        return Interval.minus(forbidden, before).stream()
                .map(interval -> new Retraction(
                        sink.tenant(), Optional.of(sink.environment()), Optional.of(sink.sink()), interval))
                .toList();
    }

    /// What the erasure of a tenant forbids that was not forbidden before; nothing if it cannot be read.
    ///
    /// @param before up to when the tenant had been erased before
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
