package io.keyward.domain.event;

import java.time.Duration;
import java.util.Optional;

/// The kind of an environment, which decides whether it may have a customer key (R8) and how long it lives when
/// locked (R20).
public enum EnvironmentType {
    PRODUCTION,
    SANDBOX,
    DEVELOPER,
    TRIAL,
    TEAMS,
    DEFAULT,
    /// Newer than this release, or not told: counts as eligible, its deletion date is not known.
    UNKNOWN;

    /// Whether environments of this type can be encrypted with a customer key (R8).
    public boolean eligible() {
        return switch (this) {
            case PRODUCTION, SANDBOX, DEVELOPER, UNKNOWN -> true;
            case TRIAL, TEAMS, DEFAULT -> false;
        };
    }

    /// How long after it was locked an environment of this type is deleted (R20); empty when the type is not known.
    public Optional<Duration> lifeWhenLocked() {
        return switch (this) {
            case SANDBOX, DEVELOPER -> Optional.of(Duration.ofDays(7));
            case PRODUCTION, TRIAL, TEAMS, DEFAULT -> Optional.of(Duration.ofDays(30));
            case UNKNOWN -> Optional.empty();
        };
    }
}
