package io.keyward.registry.wire;

import io.keyward.registry.client.SchemaId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// Confluent's wire format: a zero byte and the schema's id (4 bytes, big-endian), followed by the datum.
/// Serializers since version 8 may instead write the schema's id or GUID into a header; the payload is then the
/// datum alone.
public final class WireFormat {
    /// The header with the schema of a record's key. Remove it when the key's bytes change.
    public static final String KEY_SCHEMA_HEADER = "__key_schema_id";

    /// The header with the schema of a record's value. Remove it when the value's bytes change.
    public static final String VALUE_SCHEMA_HEADER = "__value_schema_id";

    public static final int PREFIX_BYTES = 5;

    private static final byte NUMBER = 0;
    private static final byte GUID = 1;
    private static final int GUID_BYTES = 17;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private WireFormat() {}

    public record Framed(SchemaId schema, int offset) {}

    public static Framed read(byte[] payload, Headers headers, String schemaHeader) {
        Header header = headers.lastHeader(schemaHeader);
        if (header != null) {
            return new Framed(fromHeader(header), 0);
        }
        if (payload.length < PREFIX_BYTES || payload[0] != NUMBER) {
            throw new UnreadableException(
                    "not in Confluent's wire format: expected a zero byte and a 4-byte schema id, found "
                            + (payload.length < PREFIX_BYTES
                                    ? payload.length + " bytes in total"
                                    : "a first byte of " + (payload[0] & 0xff)));
        }
        return new Framed(new SchemaId.Numeric((int) INT.get(payload, 1)), PREFIX_BYTES);
    }

    public static byte[] prefix(int schemaId) {
        return ByteBuffer.allocate(PREFIX_BYTES).put(NUMBER).putInt(schemaId).array();
    }

    private static SchemaId fromHeader(Header header) {
        byte[] value = header.value();
        if (value != null && value.length == PREFIX_BYTES && value[0] == NUMBER) {
            return new SchemaId.Numeric((int) INT.get(value, 1));
        }
        if (value != null && value.length == GUID_BYTES && value[0] == GUID) {
            ByteBuffer guid = ByteBuffer.wrap(value, 1, GUID_BYTES - 1);
            return new SchemaId.Guid(new UUID(guid.getLong(), guid.getLong()));
        }
        throw new UnreadableException("header " + header.key()
                + " has no valid schema id: expected a byte 0 and a 4-byte id, or a byte 1 and a 16-byte GUID");
    }
}
