package io.keyward.topology;

import java.time.Duration;

/// When refusals are so many, from so many sides, that no single producer or tenant explains them (see
/// [RefusalWatch]).
///
/// @param records how many refused records it takes; 0 for never
/// @param tenants of how many tenants at least
/// @param acceptedPercent of how many percent of the tenants a record may be accepted at most
/// @param window how far back is looked; at least half of it counts
public record RefusalLimits(int records, int tenants, int acceptedPercent, Duration window) {
    /// What holds unless configured otherwise.
    public static final RefusalLimits DEFAULT = new RefusalLimits(200, 5, 10, Duration.ofMinutes(1));

    /// Nothing ever stops the flow.
    public static final RefusalLimits NEVER = new RefusalLimits(0, 1, 100, Duration.ofMinutes(1));
}
