package io.keyward.app.config;

/// The text of a setting and where it was given.
record GivenValue(String key, String text, String origin) {
    /// The setting as messages show it; the value of a secret is hidden.
    String shown() {
        return "%s = %s (%s)".formatted(key, isMisspeltSecret() ? Secrets.HIDDEN : Secrets.shown(name(), text), origin);
    }

    private String name() {
        return ClientSettingsGroup.find(key).map(group -> group.name(key)).orElse(key);
    }

    /// As in `ssl.key.pasword`.
    private boolean isMisspeltSecret() {
        return ClientSettingsGroup.find(key)
                .filter(_ -> !key.endsWith(".file"))
                .filter(group -> !KafkaDefinitions.isKnown(group, name()))
                .flatMap(group -> KafkaDefinitions.nearest(group, name()))
                .filter(Secrets::isSecret)
                .isPresent();
    }
}
