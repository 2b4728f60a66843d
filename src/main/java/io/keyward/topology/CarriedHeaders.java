package io.keyward.topology;

import io.keyward.registry.wire.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/// Chooses what is carried on of a record's headers: all of them, in their order, as long as they are of a usual size.
///
/// One event can make many thousand outputs, and each carries its headers: without a bound a producer could make any
/// number of bytes of one record, or outputs that no topic takes. A header that does not fit is left out whole, and
/// how many were is told in a header of its own.
final class CarriedHeaders {
    /// Room for tracing and CloudEvents attributes, several times over.
    static final int MAX_BYTES = 4 * 1024;

    /// How many headers of the input do not come with the output, in digits. What the input has under that name tells
    /// of an earlier record, and is not carried.
    static final String LEFT_OUT = "keyward.headers-left-out";

    /// Headers that describe the input's own bytes or place, and would be wrong on an output.
    private static final Set<String> INPUT_ONLY =
            Set.of(Origin.HEADER, WireFormat.KEY_SCHEMA_HEADER, WireFormat.VALUE_SCHEMA_HEADER);

    private CarriedHeaders() {}

    /// What an input's outputs carry.
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
