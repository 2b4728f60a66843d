package io.keyward.registry.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/// A record that is written in Avro's binary encoding without an object of its generated class.
///
/// @param schema the schema of the generated class
/// @param fields writes every field, in the order of the schema
public record Datum(Schema schema, Consumer<ArrayEncoder> fields) {
    /// The record as an object of its generated class.
    ///
    /// @param model creates the object
    /// @throws IllegalStateException if the fields do not fit the schema
    public SpecificRecord object(SpecificData model) {
        ArrayEncoder encoder = new ArrayEncoder();
        fields.accept(encoder);
        BoundedDecoder data = new BoundedDecoder();
        data.reset(encoder.written(), 0);
        SpecificRecord object = object(model, data);
        if (data.remainingBytes() > 0) {
            throw new IllegalStateException(data.remainingBytes() + " bytes follow a " + schema.getFullName());
        }
        return object;
    }

    private SpecificRecord object(SpecificData model, BoundedDecoder data) {
        try {
            return new SpecificDatumReader<SpecificRecord>(schema, schema, model).read(null, data);
        } catch (AvroRuntimeException mismatch) {
            throw new IllegalStateException("The fields do not fit " + schema.getFullName(), mismatch);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // there is no input but memory
        }
    }
}
