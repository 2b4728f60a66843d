package io.keyward.domain.event;

import java.time.Duration;
import java.util.Optional;

/// The type of an environment. It determines whether the environment may have a customer key (R8) and how long it
/// exists once locked (R20).
public enum EnvironmentType {
    PRODUCTION,
    SANDBOX,
    DEVELOPER,
    TRIAL,
    TEAMS,
    DEFAULT,
    /// Newer than this release, or not stated: counts as eligible; its deletion date is unknown.
    UNKNOWN;

    /// Whether environments of this type can be encrypted with a customer key (R8). No source excludes DEFAULT.
    public boolean eligible() {
        return switch (this) {
            case PRODUCTION, SANDBOX, DEVELOPER, DEFAULT, UNKNOWN -> true;
            case TRIAL, TEAMS -> false;
        };
    }

    /// How long after its lock an environment of this type is deleted (R20); empty if the type is unknown.
    public Optional<Duration> lifeWhenLocked() {
        return switch (this) {
            case SANDBOX, DEVELOPER -> Optional.of(Duration.ofDays(7));
            case PRODUCTION, TRIAL, TEAMS, DEFAULT -> Optional.of(Duration.ofDays(30));
            case UNKNOWN -> Optional.empty();
        };
    }
}
