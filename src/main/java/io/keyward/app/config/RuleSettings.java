package io.keyward.app.config;

import io.keyward.topology.RefusalLimits;
import java.time.Duration;

/// Which rules decide.
///
/// @param profile name of the rule profile
/// @param maxFuture how far the time of an event may lie ahead of the broker's clock before the event is refused
/// @param refusals when refusals are so many that the instance stops
public record RuleSettings(String profile, Duration maxFuture, RefusalLimits refusals) {}
