package io.keyward.registry;

import io.keyward.registry.client.CompatibilityLevel;
import io.keyward.registry.client.LogicalTypeCheck;
import io.keyward.registry.client.SchemaId;
import io.keyward.registry.wire.BoundedDecoder;
import io.keyward.registry.wire.UnreadableException;
import io.keyward.registry.wire.WrongSchemaException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.FastReaderBuilder;

/// Decodes data of one writer's schema into one reader's schema. It resolves the schemas once, at its creation.
record RecordDecoder(SchemaId schema, String writer, boolean resolves, DatumReader<IndexedRecord> reader) {
    static RecordDecoder of(SchemaId id, Schema writer, Function<Schema, Optional<Schema>> readers, GenericData model) {
        Schema expected = readers.apply(writer)
                .filter(reader -> reader.getType() == Schema.Type.RECORD)
                .orElseThrow(() -> new WrongSchemaException(
                        writer.getFullName() + " (" + id + ") is none of the expected record schemas"));
        LogicalTypeCheck.difference(writer, expected).ifPresent(difference -> {
            throw new WrongSchemaException(
                    writer.getFullName() + " (" + id + ") has other logical types: " + difference);
        });
        try {
            return new RecordDecoder(
                    id,
                    writer.getFullName(),
                    CompatibilityLevel.canRead(expected, writer),
                    new FastReaderBuilder(model).createDatumReader(writer, expected));
        } catch (IOException | AvroRuntimeException | StackOverflowError unresolvable) {
            throw unresolvable(writer.getFullName(), id, unresolvable);
        }
    }

    ValueReader.Decoded decode(BoundedDecoder data) {
        IndexedRecord value = read(data);
        if (data.remainingBytes() > 0) {
            throw unreadable(data.remainingBytes() + " bytes follow the datum", null);
        }
        return new ValueReader.Decoded(writer, schema, value);
    }

    private IndexedRecord read(BoundedDecoder data) {
        try {
            return reader.read(null, data);
        } catch (AvroTypeException mismatch) {
            throw resolves ? unreadable(mismatch.getMessage(), mismatch) : unresolvable(writer, schema, mismatch);
        } catch (StackOverflowError tooDeep) {
            throw unreadable("it is nested too deeply", tooDeep);
        } catch (IOException | RuntimeException malformed) {
            throw unreadable(String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private UnreadableException unreadable(String why, Throwable cause) {
        return new UnreadableException("not a valid datum of " + writer + " (" + schema + "): " + why, cause);
    }

    private static WrongSchemaException unresolvable(String writer, SchemaId id, Throwable cause) {
        return new WrongSchemaException(
                writer + " (" + id + ") does not resolve to the expected schema: " + cause.getMessage(), cause);
    }
}
