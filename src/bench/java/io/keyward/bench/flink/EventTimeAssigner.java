package io.keyward.bench.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.api.common.eventtime.SerializableTimestampAssigner;

/// Reads an event's own time without decoding the rest. It is the third field of every input.
final class EventTimeAssigner implements SerializableTimestampAssigner<FlinkInput> {
    /// The length of the magic byte and the schema id before every value.
    private static final int PREFIX = 5;

    private transient BinaryDecoder decoder;

    @Override
    public long extractTimestamp(FlinkInput arrival, long recordTime) {
        decoder = DecoderFactory.get().binaryDecoder(arrival.value, PREFIX, arrival.value.length - PREFIX, decoder);
        try {
            decoder.skipString();
            decoder.skipString();
            return decoder.readLong();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
