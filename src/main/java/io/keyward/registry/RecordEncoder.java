package io.keyward.registry;

import io.keyward.registry.client.SchemaText;
import io.keyward.registry.wire.ArrayEncoder;
import io.keyward.registry.wire.AvroModel;
import io.keyward.registry.wire.BoundedDecoder;
import io.keyward.registry.wire.Datum;
import io.keyward.registry.wire.WireFormat;
import java.io.IOException;
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
abstract sealed class RecordEncoder {
    private RecordEncoder() {}

    /// The registry's id of the schema that the bytes are written with.
    abstract int id();

    abstract byte[] encode(IndexedRecord value);

    /// The bytes of the datum, which must be of the encoder's schema.
    abstract byte[] encode(Datum value);

    /// Writes records of `schema` without conversion.
    static RecordEncoder of(int id, Schema schema) {
        return new Plain(id, schema, AvroModel.specific(RecordEncoder.class.getClassLoader()));
    }

    /// Converts records of `schema` to `target` and writes them.
    static RecordEncoder converting(int id, Schema schema, Schema target) {
        return SchemaText.withoutJavaProperties(schema).equals(target)
                ? of(id, schema)
                : new Converting(of(id, schema), new Plain(id, target, AvroModel.generic()), schema, target);
    }

    private static final class Plain extends RecordEncoder {
        private final int id;
        private final byte[] prefix;
        private final String name;
        private final DatumWriter<IndexedRecord> writer;
        private final ArrayEncoder encoder = new ArrayEncoder();

        @SuppressWarnings("unchecked")
        Plain(int id, Schema schema, GenericData model) {
            this.id = id;
            prefix = WireFormat.prefix(id);
            name = schema.getFullName();
            writer = model.createDatumWriter(schema);
        }

        @Override
        int id() {
            return id;
        }

        @Override
        byte[] encode(IndexedRecord value) {
            begin();
            try {
                writer.write(value, encoder);
                return encoder.written();
            } catch (IOException | RuntimeException invalid) {
                throw new SerializationException(
                        "a " + name + " does not fit its schema: " + invalid.getMessage(), invalid);
            }
        }

        @Override
        byte[] encode(Datum value) {
            begin();
            value.fields().accept(encoder);
            return encoder.written();
        }

        private void begin() {
            encoder.reset();
            encoder.writeFixed(prefix, 0, prefix.length);
        }
    }

    private static final class Converting extends RecordEncoder {
        private final RecordEncoder own;
        private final RecordEncoder other;
        private final DatumReader<IndexedRecord> conversion;
        private final BoundedDecoder data = new BoundedDecoder();

        Converting(RecordEncoder own, RecordEncoder other, Schema schema, Schema target) {
            this.own = own;
            this.other = other;
            try {
                conversion = new FastReaderBuilder(AvroModel.generic()).createDatumReader(schema, target);
            } catch (IOException | AvroRuntimeException unresolvable) {
                throw new SerializationException(
                        schema.getFullName() + " does not resolve to the registered schema", unresolvable);
            }
        }

        @Override
        int id() {
            return other.id();
        }

        @Override
        byte[] encode(IndexedRecord value) {
            return converted(own.encode(value));
        }

        @Override
        byte[] encode(Datum value) {
            return converted(own.encode(value));
        }

        private byte[] converted(byte[] value) {
            data.reset(value, WireFormat.PREFIX_BYTES);
            try {
                return other.encode(conversion.read(null, data));
            } catch (IOException | AvroRuntimeException unresolvable) {
                throw new SerializationException("a record does not fit the registered schema", unresolvable);
            }
        }
    }
}
