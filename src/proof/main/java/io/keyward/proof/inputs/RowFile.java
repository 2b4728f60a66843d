package io.keyward.proof.inputs;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
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

    /// Gives rows to be written, one after the other.
    @FunctionalInterface
    interface Source {
        void giveTo(Taker taker) throws IOException;
    }

    /// @param rows by store and key
    static void write(Path file, SortedMap<String, ? extends SortedMap<Bytes, byte[]>> rows) throws IOException {
        write(
                file,
                taker -> rows.forEach((store, ofStore) -> ofStore.forEach((key, row) -> taker.take(store, key, row))));
    }

    static void write(Path file, Source source) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file))))) {
            AtomicLong count = new AtomicLong();
            source.giveTo((store, key, row) -> {
                try {
                    out.writeUTF(store);
                    KeptRecord.write(out, key.get());
                    KeptRecord.write(out, Objects.requireNonNull(row));
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
                count.incrementAndGet();
            });
            out.writeUTF("");
            out.writeLong(count.get());
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    static void read(Path file, Taker taker) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file))))) {
            long count = 0;
            for (String store = in.readUTF(); !store.isEmpty(); store = in.readUTF()) {
                Bytes key = Bytes.wrap(KeptRecord.read(in));
                taker.take(store, key, Objects.requireNonNull(KeptRecord.read(in)));
                count++;
            }
            long expected = in.readLong();
            if (expected != count) {
                throw new IOException("it holds %d rows instead of %d".formatted(count, expected));
            }
        }
    }
}
