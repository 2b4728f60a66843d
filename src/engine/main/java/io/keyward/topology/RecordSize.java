package io.keyward.topology;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Record;

/// The size of a record in bytes before compression; never less than a producer counts.
public final class RecordSize {
    /// Overhead of a batch with one record: 61 bytes for the batch, 21 for the record, and lengths.
    private static final int OVERHEAD = 100;

    /// Two lengths of at most five bytes.
    private static final int PER_HEADER = 10;

    private RecordSize() {}

    static long of(Record<byte[], byte[]> record) {
        return of(record.key(), record.value()) + of(record.headers());
    }

    /// The size of a record without headers; key and value may be null.
    public static long of(byte[] key, byte[] value) {
        return OVERHEAD + length(key) + length(value);
    }

    static long of(Headers headers) {
        long size = 0;
        for (Header header : headers) {
            size += of(header);
        }
        return size;
    }

    static long of(Header header) {
        return PER_HEADER + Utils.utf8Length(header.key()) + length(header.value());
    }

    static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
