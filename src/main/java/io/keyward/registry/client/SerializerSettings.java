package io.keyward.registry.client;

import org.apache.avro.Schema;

/// How schemas are chosen and registered when records are written.
public record SerializerSettings(
        Choice choice,
        boolean strictLatest,
        boolean normalize,
        boolean keepJavaProperties,
        SubjectNameStrategy keySubjects,
        SubjectNameStrategy valueSubjects) {
    /// Registers what is new, under Confluent's default subjects.
    public static final SerializerSettings DEFAULT = new SerializerSettings(
            Choice.REGISTER, true, false, false, SubjectNameStrategy.TOPIC, SubjectNameStrategy.TOPIC);

    /// Which registered schema a record is written with.
    public enum Choice {
        /// Its own, registered if need be.
        REGISTER,
        /// Its own, which must be registered.
        LOOK_UP,
        /// The subject's latest version.
        LATEST
    }

    /// The subject of a schema that is written to a topic.
    public String subject(String topic, boolean key, String recordName) {
        return (key ? keySubjects : valueSubjects).subject(topic, key, recordName);
    }

    /// The schema as it is to be registered: without what only Java's generated classes want, unless that is kept.
    public Schema shared(Schema schema) {
        return keepJavaProperties ? schema : SchemaText.withoutJavaProperties(schema);
    }
}
