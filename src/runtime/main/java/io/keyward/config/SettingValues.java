package io.keyward.config;

import java.util.HashMap;
import java.util.Map;

/// The values of Keyward's own settings: the given ones, or else the defaults.
///
/// @param texts key → the canonical text of the value, which the setting's parser reads
public record SettingValues(Map<String, String> texts) implements Configured {
    public SettingValues {
        texts = Map.copyOf(texts);
    }

    @Override
    public SettingValues values() {
        return this;
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
