package io.keyward.bench.workload;

import java.time.Duration;
import java.time.Instant;

/// The size and the seed of a workload. The same size and seed give the same events.
///
/// @param seed the seed of all random choices
/// @param events the number of events
/// @param environments the number of environments; at least 100
public record WorkloadSize(long seed, int events, int environments) {
    /// The period of the events' times. It does not depend on their number, so that effects that depend on days
    /// occur in every workload.
    static final Duration SPAN = Duration.ofDays(120);

    /// Far in the future, so that no deadline is due by the clock: deadlines are written and wait.
    static final Instant START = Instant.parse("2100-01-01T00:00:00Z");

    private static final int MOST_LARGE_TENANTS = 10;
    private static final int ENVIRONMENTS_PER_LARGE_TENANT = 20_000;
    private static final int MOST_IN_A_LARGE_TENANT = 2_000;
    private static final int IN_A_USUAL_TENANT = 9;

    public WorkloadSize {
        if (environments < 100 || events < environments) {
            throw new IllegalArgumentException(
                    "A workload of %,d events on %,d environments cannot be made: expected at least 100 environments, and at least one event for each."
                            .formatted(events, environments));
        }
    }

    /// This many events on a tenth as many environments.
    public static WorkloadSize ofEvents(long seed, int events) {
        return new WorkloadSize(seed, events, Math.max(100, events / 10));
    }

    /// Ten tenants of 2,000 environments if there are 200,000 environments; fewer and smaller ones if there are
    /// fewer.
    int largeTenants() {
        return Math.clamp(environments / ENVIRONMENTS_PER_LARGE_TENANT, 1, MOST_LARGE_TENANTS);
    }

    int inALargeTenant() {
        return Math.min(MOST_IN_A_LARGE_TENANT, environments / 10);
    }

    int tenants() {
        int others = environments - inLargeTenants();
        return largeTenants() + Math.ceilDiv(others, IN_A_USUAL_TENANT);
    }

    /// The tenant of an environment. Large tenants and their environments come first.
    int tenantOf(int environment) {
        return environment < inLargeTenants()
                ? environment / inALargeTenant()
                : largeTenants() + (environment - inLargeTenants()) / IN_A_USUAL_TENANT;
    }

    /// The time of the event with this number.
    Instant timeOf(int event) {
        return START.plusMillis(SPAN.toMillis() * event / events);
    }

    private int inLargeTenants() {
        return largeTenants() * inALargeTenant();
    }
}
