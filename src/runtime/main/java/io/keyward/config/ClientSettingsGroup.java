package io.keyward.config;

import java.util.Arrays;
import java.util.Optional;

/// A group of settings that are passed on verbatim, without the prefix, to a client.
public enum ClientSettingsGroup {
    /// To every Kafka client.
    KAFKA("keyward.kafka."),
    /// To Kafka Streams.
    STREAMS("keyward.streams."),
    /// To the schema registry client, under Confluent's names.
    REGISTRY("keyward.registry.");

    private final String prefix;

    ClientSettingsGroup(String prefix) {
        this.prefix = prefix;
    }

    public String prefix() {
        return prefix;
    }

    public String key(String name) {
        return prefix + name;
    }

    String name(String key) {
        return key.substring(prefix.length());
    }

    static boolean isPrefix(String text) {
        return Arrays.stream(values()).anyMatch(group -> group.prefix.equals(text));
    }

    static Optional<ClientSettingsGroup> find(String key) {
        return Arrays.stream(values())
                .filter(group -> key.startsWith(group.prefix) && key.length() > group.prefix.length())
                .findFirst();
    }
}
