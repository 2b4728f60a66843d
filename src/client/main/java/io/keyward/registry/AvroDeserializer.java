package io.keyward.registry;

import io.keyward.registry.client.RegistryRefusalException;
import io.keyward.registry.client.RegistryUnavailableException;
import io.keyward.registry.client.SchemaId;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.registry.wire.AvroModel;
import io.keyward.registry.wire.BoundedDecoder;
import io.keyward.registry.wire.UnreadableException;
import io.keyward.registry.wire.WireFormat;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Reads records in Confluent's wire format and resolves the writer's schema to the reader's schema.
///
/// Throws a `PayloadException` for bytes that can never be read, and a [RegistryUnavailableException] if the
/// registry does not answer; the latter says nothing about the record. Not thread-safe, like all Kafka serdes.
public final class AvroDeserializer implements ValueReader {
    private final SchemaRegistry registry;
    private final Function<Schema, Optional<Schema>> readers;
    private final GenericData model;
    private final Map<SchemaId, RecordDecoder> decoders = new HashMap<>();
    private final BoundedDecoder data = new BoundedDecoder();

    /// @param readers chooses the reader's schema for a writer's schema; none if such data are not expected
    private AvroDeserializer(SchemaRegistry registry, Function<Schema, Optional<Schema>> readers, GenericData model) {
        this.registry = registry;
        this.readers = readers;
        this.model = model;
    }

    /// Reads any record as generic data of the writer's schema.
    public static AvroDeserializer generic(SchemaRegistry registry) {
        return new AvroDeserializer(registry, Optional::of, AvroModel.generic());
    }

    /// Reads records of exactly these schemas, which are matched by full name. A record is an instance of its
    /// generated class if the class loader has that class, and generic otherwise.
    public static AvroDeserializer specific(SchemaRegistry registry, Collection<Schema> expected, ClassLoader classes) {
        Map<String, Schema> byName =
                expected.stream().collect(Collectors.toUnmodifiableMap(Schema::getFullName, Function.identity()));
        return new AvroDeserializer(
                registry, writer -> Optional.ofNullable(byName.get(writer.getFullName())), AvroModel.specific(classes));
    }

    public IndexedRecord deserialize(String topic, byte[] payload) {
        return deserialize(topic, new RecordHeaders(), payload);
    }

    public IndexedRecord deserialize(String topic, Headers headers, byte[] payload) {
        return payload == null ? null : decode(payload, headers).value();
    }

    @Override
    public Decoded decode(String topic, Headers headers, byte[] payload) {
        return decode(payload, headers);
    }

    /// Reads a payload that is not a tombstone.
    public Decoded decode(byte[] payload, Headers headers) {
        WireFormat.Framed framed = WireFormat.read(payload, headers, WireFormat.VALUE_SCHEMA_HEADER);
        RecordDecoder decoder = decoders.get(framed.schema());
        if (decoder == null) {
            decoder = decoderOf(framed.schema());
            decoders.put(framed.schema(), decoder);
        }
        data.reset(payload, framed.offset());
        return decoder.decode(data);
    }

    private RecordDecoder decoderOf(SchemaId id) {
        try {
            return RecordDecoder.of(id, registry.schemaOf(id), readers, model);
        } catch (RegistryRefusalException refusal) {
            if (refusal.deniesSchema()) {
                throw new UnreadableException(
                        "the schema registry has no Avro schema for " + id + ": " + refusal.getMessage(), refusal);
            }
            throw new RegistryUnavailableException("the schema registry refuses to return " + id, refusal);
        }
    }
}
