package io.keyward.config;

import java.util.Optional;

/// Provides the values of Keyward's own settings.
public interface Configured {
    SettingValues values();

    /// The value of a setting; empty if it has none.
    default <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable(values().texts().get(setting.key())).map(setting.parser());
    }

    /// The value of a setting that has a default or is known to be set.
    default <T> T value(Setting<T> setting) {
        return find(setting).orElseThrow();
    }
}
