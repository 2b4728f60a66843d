package io.keyward.topology;

import io.keyward.client.Position;
import io.keyward.registry.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Selects the headers that outputs carry on from a record: all of them, in order, within a limit of bytes.
///
/// One event can cause many thousand outputs, each with these headers. Without a limit, a producer could
/// cause any number of bytes, or outputs too large for their topic. A header that does not fit is left out
/// whole; a header of its own says how many were.
final class CarriedHeaders {
    /// Several times the room that tracing and CloudEvents attributes need.
    static final int MAX_BYTES = 4 * 1024;

    /// How many headers of the input were left out, in digits. An input's own header of this name is about an
    /// earlier record and is not carried on.
    static final String LEFT_OUT = "keyward.headers-left-out";

    /// Headers that describe the bytes or the position of the input, and would be wrong on an output.
    private static final Set<String> INPUT_ONLY = Set.of(
            OriginCoordinates.HEADER, Position.HEADER, WireFormat.KEY_SCHEMA_HEADER, WireFormat.VALUE_SCHEMA_HEADER);

    private CarriedHeaders() {}

    /// The headers for the outputs of an input.
    static Headers toOutputs(Headers received) {
        RecordHeaders general = new RecordHeaders(received.toArray());
        INPUT_ONLY.forEach(general::remove);
        return bounded(general);
    }

    static Headers bounded(Headers received) {
        RecordHeaders carried = new RecordHeaders();
        long bytes = 0;
        int leftOut = 0;
        for (Header header : received) {
            if (header.key().equals(LEFT_OUT)) {
                continue;
            }
            long size = RecordSize.of(header);
            if (bytes + size <= MAX_BYTES) {
                carried.add(header);
                bytes += size;
            } else {
                leftOut++;
            }
        }
        if (leftOut > 0) {
            carried.add(LEFT_OUT, Integer.toString(leftOut).getBytes(StandardCharsets.UTF_8));
        }
        return carried;
    }
}
