package io.keyward.config;

import java.util.Optional;

/// Has the values of settings that the product itself understands, and tells each by its setting.
public interface Configured {
    SettingValues values();

    /// The value of a setting; empty if it has none.
    default <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable(values().texts().get(setting.key())).map(setting.parser());
    }

    /// The value of a setting that has a default, or is set.
    default <T> T value(Setting<T> setting) {
        return find(setting).orElseThrow();
    }
}
