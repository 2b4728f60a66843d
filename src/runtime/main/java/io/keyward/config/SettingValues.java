package io.keyward.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The values of the settings that the product itself understands: what was given, or else the default.
///
/// @param texts key → the usual text of the value, which the setting's parser reads
record SettingValues(Map<String, String> texts) {
    SettingValues {
        texts = Map.copyOf(texts);
    }

    /// The value of a setting that has a default, or is set.
    <T> T value(Setting<T> setting) {
        return find(setting).orElseThrow();
    }

    <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable(texts.get(setting.key())).map(setting.parser());
    }

    boolean has(Setting<?> setting) {
        return texts.containsKey(setting.key());
    }

    <T> SettingValues with(Setting<T> setting, T value) {
        Map<String, String> changed = new HashMap<>(texts);
        changed.put(setting.key(), Setting.text(value));
        return new SettingValues(changed);
    }

    SettingValues without(Setting<?> setting) {
        Map<String, String> changed = new HashMap<>(texts);
        changed.remove(setting.key());
        return new SettingValues(changed);
    }
}
