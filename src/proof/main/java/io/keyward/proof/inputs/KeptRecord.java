package io.keyward.proof.inputs;

import io.keyward.registry.wire.WireFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// A record of a topic in a [Backup], but for its key.
///
/// @param schema the place of its schema in the backup, or [#NO_SCHEMA]
/// @param value without what names its schema, if it has one; null for a tombstone
@SuppressWarnings("ArrayRecordComponent") // read only
record KeptRecord(int partition, long timestamp, Headers headers, int schema, byte[] value) {
    static final int NO_SCHEMA = -1;

    private static final int NULL = -1;

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(partition);
            out.writeLong(timestamp);
            out.writeInt(schema);
            write(out, value);
            Header[] all = headers.toArray();
            out.writeInt(all.length);
            for (Header header : all) {
                out.writeUTF(header.key());
                write(out, header.value());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /// Reads what [#bytes] gives, without the header that names a schema.
    static KeptRecord read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int partition = in.readInt();
            long timestamp = in.readLong();
            int schema = in.readInt();
            byte[] value = read(in);
            Headers headers = new RecordHeaders();
            for (int left = in.readInt(); left > 0; left--) {
                headers.add(in.readUTF(), read(in));
            }
            headers.remove(WireFormat.VALUE_SCHEMA_HEADER);
            return new KeptRecord(partition, timestamp, headers, schema, value);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /// Writes how many bytes there are, and the bytes; -1 for null.
    static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes == null ? NULL : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    /// Reads what [#write] has written.
    static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == NULL ? null : in.readNBytes(length);
    }
}
