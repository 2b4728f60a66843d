package io.keyward.registry;

import io.keyward.registry.client.CompatibilityLevel;
import io.keyward.registry.client.RegistryRefusalException;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.client.SchemaVersion;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.registry.wire.Datum;
import io.keyward.registry.wire.WireFormat;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;

/// Writes records in Confluent's wire format, with the schema's id in the prefix.
///
/// Throws a `RegistryUnavailableException` if the registry does not answer, and a [RegistryRefusalException] if
/// it refuses the schema. Not thread-safe, like all Kafka serdes.
public final class AvroSerializer implements ValueWriter {
    /// Bounds the memory used for callers that create a new schema object for every record.
    private static final int SCHEMAS_PER_TOPIC = 1_000;

    private final SchemaRegistry registry;
    private final SerializerSettings settings;
    private final Map<String, Map<Schema, RecordEncoder>> encoders = new HashMap<>();

    public AvroSerializer(SchemaRegistry registry, SerializerSettings settings) {
        this.registry = registry;
        this.settings = settings;
    }

    public byte[] serialize(String topic, IndexedRecord value) {
        return value == null ? null : encoderOf(topic, value.getSchema()).encode(value);
    }

    /// Removes a schema header that was copied from another record, because readers would expect its schema.
    @Override
    public byte[] serialize(String topic, Headers headers, IndexedRecord value) {
        removeSchema(headers);
        return serialize(topic, value);
    }

    @Override
    public byte[] serialize(String topic, Headers headers, Datum value) {
        removeSchema(headers);
        return encoderOf(topic, value.schema()).encode(value);
    }

    private static void removeSchema(Headers headers) {
        if (headers.lastHeader(WireFormat.VALUE_SCHEMA_HEADER) != null) {
            headers.remove(WireFormat.VALUE_SCHEMA_HEADER);
        }
    }

    @Override
    public void prepare(String topic, Schema schema) {
        encoderOf(topic, schema);
    }

    private RecordEncoder encoderOf(String topic, Schema schema) {
        Map<Schema, RecordEncoder> known = encoders.computeIfAbsent(topic, name -> new IdentityHashMap<>());
        RecordEncoder encoder = known.get(schema);
        if (encoder == null || isOutdated(encoder, topic, schema)) {
            if (known.size() >= SCHEMAS_PER_TOPIC) {
                known.clear();
            }
            encoder = newEncoder(subject(topic, schema), schema);
            known.put(schema, encoder);
        }
        return encoder;
    }

    /// Whether the subject has a newer latest version. The registry's client decides how long it caches the
    /// latest version.
    private boolean isOutdated(RecordEncoder encoder, String topic, Schema schema) {
        return settings.choice() == SerializerSettings.Choice.LATEST
                && registry.latestOf(subject(topic, schema)).id() != encoder.id();
    }

    private String subject(String topic, Schema schema) {
        return settings.subject(topic, false, schema.getFullName());
    }

    private RecordEncoder newEncoder(String subject, Schema schema) {
        Schema shared = settings.shared(schema);
        return switch (settings.choice()) {
            case REGISTER -> RecordEncoder.of(registry.register(subject, shared), schema);
            case LOOK_UP -> RecordEncoder.of(registry.idOf(subject, shared), schema);
            case LATEST -> latest(subject, schema);
        };
    }

    private RecordEncoder latest(String subject, Schema schema) {
        SchemaVersion latest = registry.latestOf(subject);
        if (settings.strictLatest() && !CompatibilityLevel.canRead(latest.schema(), schema)) {
            throw new RegistryRefusalException(
                    RegistryRefusalException.INCOMPATIBLE_SCHEMA,
                    "version " + latest.version() + " of subject " + subject + " cannot read the "
                            + schema.getFullName()
                            + " records that this release writes: register the newer schema, or set"
                            + " latest.compatibility.strict=false");
        }
        return RecordEncoder.converting(latest.id(), schema, latest.schema());
    }
}
