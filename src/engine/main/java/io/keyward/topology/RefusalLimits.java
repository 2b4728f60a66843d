package io.keyward.topology;

import java.time.Duration;

/// When refusals are so many, from so many sources, that no single producer or tenant explains them (see
/// [RefusalWatch]).
///
/// @param records how many records must be refused; 0 turns the check off
/// @param tenants of how many tenants they must be at least
/// @param acceptedPercent of how many percent of the tenants a record may have been accepted at most
/// @param window the time that is looked at; at least half of it counts
public record RefusalLimits(int records, int tenants, int acceptedPercent, Duration window) {
    /// The limits without other settings.
    public static final RefusalLimits DEFAULT = new RefusalLimits(200, 5, 10, Duration.ofMinutes(1));

    /// Refusals never stop the flow.
    public static final RefusalLimits NEVER = new RefusalLimits(0, 1, 100, Duration.ofMinutes(1));
}
