package io.keyward.app;

/// The text of a setting and where it was given.
record GivenValue(String key, String text, String origin) {
    /// How messages name it; the value of a secret stays hidden.
    String shown() {
        String name = PassThrough.of(key).map(group -> group.name(key)).orElse(key);
        return "%s = %s (%s)".formatted(key, Secrets.shown(name, text), origin);
    }
}
