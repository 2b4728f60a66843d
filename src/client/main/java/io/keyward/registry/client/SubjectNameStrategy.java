package io.keyward.registry.client;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The subject under which a record's schema is registered. The names are those of Confluent's classes.
public enum SubjectNameStrategy {
    TOPIC("TopicNameStrategy"),
    RECORD("RecordNameStrategy"),
    TOPIC_RECORD("TopicRecordNameStrategy");

    private static final String CONFLUENT_PACKAGE = "io.confluent.kafka.serializers.subject.";

    private final String className;

    SubjectNameStrategy(String className) {
        this.className = className;
    }

    String subject(String topic, boolean key, String recordName) {
        return switch (this) {
            case TOPIC -> topic + (key ? "-key" : "-value");
            case RECORD -> recordName;
            case TOPIC_RECORD -> topic + "-" + recordName;
        };
    }

    /// Reads Confluent's class name, with or without its package.
    static SubjectNameStrategy of(String text) {
        String simple = text.startsWith(CONFLUENT_PACKAGE) ? text.substring(CONFLUENT_PACKAGE.length()) : text;
        return Arrays.stream(values())
                .filter(strategy -> strategy.className.equals(simple))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected one of "
                        + Arrays.stream(values())
                                .map(strategy -> CONFLUENT_PACKAGE + strategy.className)
                                .collect(Collectors.joining(", "))));
    }
}
