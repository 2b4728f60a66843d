package io.keyward.app;

import java.time.Duration;

/// Which rules decide.
///
/// @param profile name of the rule profile
/// @param maxFuture how far the time of an event may lie ahead of the broker's clock before the event is refused
public record RuleSettings(String profile, Duration maxFuture) {}
