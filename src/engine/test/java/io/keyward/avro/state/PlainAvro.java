package io.keyward.avro.state;

import io.keyward.registry.wire.BoundedDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/// Expands the texts and times of a stored value, which gives Avro's binary encoding. It follows the description
/// in `schemas/README.md` and shares no code with the codec.
final class PlainAvro {
    private final BoundedDecoder stored = new BoundedDecoder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder plain = EncoderFactory.get().directBinaryEncoder(bytes, null);
    private final List<String> texts =
            new ArrayList<>(List.of("APPLICATION_INSIGHTS", "DATA_LAKE_EXPORT", "TENANT_REPORTING"));
    private long lastMillis;

    private PlainAvro() {}

    static byte[] of(Schema schema, byte[] value) {
        try {
            var expanded = new PlainAvro();
            expanded.stored.reset(value, 1);
            expanded.copy(schema);
            if (expanded.stored.remainingBytes() > 0) {
                throw new AssertionError("bytes follow the value");
            }
            return expanded.bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(Schema schema) throws IOException {
        switch (schema.getType()) {
            case RECORD -> {
                for (var field : schema.getFields()) {
                    copy(field.schema());
                }
            }
            case UNION -> {
                int index = stored.readIndex();
                plain.writeIndex(index);
                copy(schema.getTypes().get(index));
            }
            case ARRAY -> items(schema.getElementType());
            case STRING -> plain.writeString(text());
            case LONG -> plain.writeLong(schema.getLogicalType() == null ? stored.readLong() : time());
            case INT, ENUM -> plain.writeInt(stored.readInt());
            case BOOLEAN -> plain.writeBoolean(stored.readBoolean());
            case BYTES -> plain.writeBytes(stored.readBytes(null));
            case NULL -> {
                // takes no bytes
            }
            default -> throw new AssertionError(schema);
        }
    }

    private void items(Schema item) throws IOException {
        long count = stored.readLong();
        plain.writeLong(count);
        for (long i = 0; i < count; i++) {
            copy(item);
        }
        if (count > 0) {
            plain.writeLong(stored.readLong());
        }
    }

    private long time() {
        lastMillis += stored.readLong();
        return lastMillis;
    }

    private String text() {
        int start = stored.readInt();
        if (start <= -3) {
            return texts.get(-3 - start);
        }
        String text = switch (start) {
            case -1 -> uuid();
            case -2 -> uuid().replace("-", "");
            default -> stored.readString(start);
        };
        if (texts.contains(text)) {
            throw new AssertionError("written out twice: " + text);
        }
        if (text.length() > 1 && texts.size() < 64) {
            texts.add(text);
        }
        return text;
    }

    private String uuid() {
        return new UUID(Long.reverseBytes(eightBytes()), Long.reverseBytes(eightBytes())).toString();
    }

    private long eightBytes() {
        return Double.doubleToRawLongBits(stored.readDouble());
    }
}
