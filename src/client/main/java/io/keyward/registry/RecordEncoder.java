package io.keyward.registry;

import io.keyward.registry.client.SchemaText;
import io.keyward.registry.wire.ArrayEncoder;
import io.keyward.registry.wire.AvroModel;
import io.keyward.registry.wire.BoundedDecoder;
import io.keyward.registry.wire.Datum;
import io.keyward.registry.wire.WireFormat;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.kafka.common.errors.SerializationException;

/// Encodes the records of one schema under one id. It processes the schemas once, at its creation. Not
/// thread-safe.
final class RecordEncoder {
    private final int id;
    private final byte[] prefix;
    private final String name;
    private final DatumWriter<IndexedRecord> writer;

    /// From the bytes in the record's own schema to those in the registered schema.
    private final UnaryOperator<byte[]> conversion;

    private final ArrayEncoder encoder = new ArrayEncoder();

    @SuppressWarnings("unchecked")
    private RecordEncoder(int id, Schema schema, GenericData model, UnaryOperator<byte[]> conversion) {
        this.id = id;
        this.conversion = conversion;
        prefix = WireFormat.prefix(id);
        name = schema.getFullName();
        writer = model.createDatumWriter(schema);
    }

    /// Writes records of `schema` without conversion.
    static RecordEncoder of(int id, Schema schema) {
        return new RecordEncoder(id, schema, GeneratedRecord.MODEL, UnaryOperator.identity());
    }

    /// Converts records of `schema` to `target` and writes them.
    static RecordEncoder converting(int id, Schema schema, Schema target) {
        return SchemaText.withoutJavaProperties(schema).equals(target)
                ? of(id, schema)
                : new RecordEncoder(id, schema, GeneratedRecord.MODEL, conversion(id, schema, target));
    }

    private static UnaryOperator<byte[]> conversion(int id, Schema schema, Schema target) {
        RecordEncoder other = new RecordEncoder(id, target, AvroModel.generic(), UnaryOperator.identity());
        DatumReader<IndexedRecord> reader;
        try {
            reader = new FastReaderBuilder(AvroModel.generic()).createDatumReader(schema, target);
        } catch (IOException | AvroRuntimeException unresolvable) {
            throw new SerializationException(
                    schema.getFullName() + " does not resolve to the registered schema", unresolvable);
        }
        BoundedDecoder data = new BoundedDecoder();
        return own -> {
            data.reset(own, WireFormat.PREFIX_BYTES);
            try {
                return other.encode(reader.read(null, data));
            } catch (IOException | AvroRuntimeException unresolvable) {
                throw new SerializationException("a record does not fit the registered schema", unresolvable);
            }
        };
    }

    /// The registry's id of the schema that the bytes are written with.
    int id() {
        return id;
    }

    byte[] encode(IndexedRecord value) {
        begin();
        try {
            writer.write(value, encoder);
        } catch (IOException | RuntimeException invalid) {
            throw new SerializationException(
                    "a " + name + " does not fit its schema: " + invalid.getMessage(), invalid);
        }
        return conversion.apply(encoder.written());
    }

    /// The bytes of the datum, which must be of the encoder's schema.
    byte[] encode(Datum value) {
        begin();
        value.fields().accept(encoder);
        return conversion.apply(encoder.written());
    }

    private void begin() {
        encoder.reset();
        encoder.writeFixed(prefix, 0, prefix.length);
    }
}
