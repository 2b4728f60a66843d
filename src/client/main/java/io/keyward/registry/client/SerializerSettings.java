package io.keyward.registry.client;

import org.apache.avro.Schema;

/// How a serializer chooses and registers schemas.
public record SerializerSettings(
        Choice choice,
        boolean strictLatest,
        boolean normalize,
        boolean keepJavaProperties,
        SubjectNameStrategy keySubjects,
        SubjectNameStrategy valueSubjects) {
    /// Registers new schemas, under Confluent's default subjects.
    public static final SerializerSettings DEFAULT = new SerializerSettings(
            Choice.REGISTER, true, false, false, SubjectNameStrategy.TOPIC, SubjectNameStrategy.TOPIC);

    /// The registered schema that a record is written with.
    public enum Choice {
        /// The record's own schema; it is registered if necessary.
        REGISTER,
        /// The record's own schema; it must be registered already.
        LOOK_UP,
        /// The subject's latest version.
        LATEST
    }

    /// The subject of a schema that records in the topic are written with.
    public String subject(String topic, boolean key, String recordName) {
        return (key ? keySubjects : valueSubjects).subject(topic, key, recordName);
    }

    /// The schema to register. Removes the properties that only Java's generated classes use, unless the
    /// settings keep them.
    public Schema shared(Schema schema) {
        return keepJavaProperties ? schema : SchemaText.withoutJavaProperties(schema);
    }
}
