package io.keyward.topology;

import java.time.Duration;

/// The limits above which a single producer or tenant does not explain the refusals (see [RefusalWatch]).
///
/// @param records the minimum number of refused records; 0 turns the check off
/// @param tenants the minimum number of tenants with refused records
/// @param acceptedPercent the maximum percentage of tenants with an accepted record
/// @param window the time window; between half of it and all of it is counted
public record RefusalLimits(int records, int tenants, int acceptedPercent, Duration window) {
    /// The default limits.
    public static final RefusalLimits DEFAULT = new RefusalLimits(200, 5, 10, Duration.ofMinutes(1));

    /// Refusals never stop the flow.
    public static final RefusalLimits NEVER = new RefusalLimits(0, 1, 100, Duration.ofMinutes(1));
}
