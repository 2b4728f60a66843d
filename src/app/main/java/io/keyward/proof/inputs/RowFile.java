package io.keyward.proof.inputs;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.utils.Bytes;

/// A file of rows, compressed by gzip: for each row the name of its store, and the lengths and bytes of key and
/// value, and at the end an empty name and the number of rows.
final class RowFile {
    private RowFile() {}

    /// Takes the rows of a file.
    @FunctionalInterface
    interface Taker {
        void take(String store, Bytes key, byte[] value);
    }

    /// @param rows by store and key
    static void write(Path file, SortedMap<String, ? extends SortedMap<Bytes, byte[]>> rows) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file))))) {
            long count = 0;
            for (var store : rows.entrySet()) {
                for (var row : store.getValue().entrySet()) {
                    out.writeUTF(store.getKey());
                    write(out, row.getKey().get());
                    write(out, row.getValue());
                    count++;
                }
            }
            out.writeUTF("");
            out.writeLong(count);
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static void read(Path file, Taker taker) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file))))) {
            long count = 0;
            for (String store = in.readUTF(); !store.isEmpty(); store = in.readUTF()) {
                Bytes key = Bytes.wrap(in.readNBytes(in.readInt()));
                taker.take(store, key, in.readNBytes(in.readInt()));
                count++;
            }
            long expected = in.readLong();
            if (expected != count) {
                throw new IOException("it holds %d rows instead of %d".formatted(count, expected));
            }
        }
    }
}
