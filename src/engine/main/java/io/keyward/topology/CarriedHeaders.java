package io.keyward.topology;

import io.keyward.client.Position;
import io.keyward.registry.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Selects the headers of a record that its outputs carry on: all of them, in order, up to a limit in bytes.
///
/// One event can cause many thousand outputs, each with these headers. Without a limit, a producer could
/// cause any number of bytes, or outputs too large for their topic. A header that does not fit is left out
/// completely, and the header [#LEFT_OUT] holds the number of such headers.
final class CarriedHeaders {
    /// In bytes: several times the size of tracing and CloudEvents attributes.
    static final int MAX_BYTES = 4 * 1024;

    /// The number of input headers that were left out, in decimal digits. An input's own header with this name
    /// describes an earlier record and is not carried on.
    static final String LEFT_OUT = "keyward.headers-left-out";

    /// Headers that describe the bytes or the coordinates of the input, and would be wrong on an output.
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
