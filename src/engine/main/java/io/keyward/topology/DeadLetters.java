package io.keyward.topology;

import static io.keyward.client.DeadLetterHeaders.DETAIL;
import static io.keyward.client.DeadLetterHeaders.OFFSET;
import static io.keyward.client.DeadLetterHeaders.PARTITION;
import static io.keyward.client.DeadLetterHeaders.REASON;
import static io.keyward.client.DeadLetterHeaders.TOPIC;

import io.keyward.domain.id.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/// Creates dead-letter records: key, value and headers as received, and the reason in headers, both in Kafka
/// Streams' and in Keyward's form (docs/contract.md, "Headers").
///
/// A record that is too large for the topic is truncated and marked by a header. The complete record can be read
/// at the coordinates that the headers contain.
public final class DeadLetters {
    /// The header of a truncated record: the length of the complete value in bytes, in decimal digits. Absent on
    /// a record that is not truncated.
    public static final String TRUNCATED = "keyward.truncated";

    /// The header of a record that was sent again after a refusal: the coordinates of the first refused record,
    /// as `topic/partition/offset`. It stays on the dead-letter record if the record is refused again.
    public static final String RESENT_FROM = "keyward.resent-from";

    private static final String EXCEPTION = "__streams.errors.exception";
    private static final String MESSAGE = "__streams.errors.message";
    private static final String STACK_TRACE = "__streams.errors.stacktrace";

    /// In characters. Details quote text of others, such as names of schemas and messages of Avro.
    private static final int MAX_DETAIL = 1_000;

    private static final int MAX_TRUNCATED_KEY = 1_000;

    private DeadLetters() {}

    /// The dead-letter record of a refused record. Its detail may name fields, but never contains the payload.
    ///
    /// @param limit the maximum size in bytes; far more than Keyward's own headers need
    public static Record<byte[], byte[]> of(
            Record<byte[], byte[]> refused, OriginCoordinates origin, RefusedException why, int limit) {
        Record<byte[], byte[]> complete = refused.withHeaders(withReason(refused.headers(), origin, why));
        return RecordSize.of(complete) <= limit ? complete : truncated(complete, origin, why, limit);
    }

    private static Record<byte[], byte[]> truncated(
            Record<byte[], byte[]> complete, OriginCoordinates origin, RefusedException why, int limit) {
        Headers headers = withReason(CarriedHeaders.bounded(complete.headers()), origin, why);
        put(headers, TRUNCATED, Long.toString(RecordSize.length(complete.value())));
        Record<byte[], byte[]> withoutValue = complete.withHeaders(headers)
                .withKey(first(complete.key(), MAX_TRUNCATED_KEY))
                .withValue(null);
        long room = limit - RecordSize.of(withoutValue);
        return withoutValue.withValue(first(complete.value(), Math.toIntExact(room)));
    }

    /// The headers of the refused record: those of its dead-letter record, without those about the refusal.
    public static Headers asReceived(Headers deadLetter) {
        Headers headers = new RecordHeaders(deadLetter.toArray());
        List.of(EXCEPTION, MESSAGE, STACK_TRACE, TOPIC, PARTITION, OFFSET, REASON, DETAIL, TRUNCATED)
                .forEach(headers::remove);
        return headers;
    }

    private static byte[] first(byte[] bytes, int maxLength) {
        return bytes == null || bytes.length <= maxLength ? bytes : Arrays.copyOf(bytes, maxLength);
    }

    private static Headers withReason(Headers received, OriginCoordinates origin, RefusedException why) {
        Headers headers = new RecordHeaders(received.toArray());
        headers.remove(OriginCoordinates.HEADER);
        headers.remove(TRUNCATED); // present if the record was a dead-letter record before
        String detail = shortened(why.detail());
        put(headers, EXCEPTION, why.getClass().getName());
        put(headers, MESSAGE, detail);
        put(headers, STACK_TRACE, why.getClass().getName() + ": " + detail);
        put(headers, TOPIC, origin.topic());
        putCoordinate(headers, PARTITION, origin.partition());
        putCoordinate(headers, OFFSET, origin.offset());
        put(headers, REASON, why.code().name());
        put(headers, DETAIL, detail);
        return headers;
    }

    private static String shortened(String detail) {
        return detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL) + "…";
    }

    private static void putCoordinate(Headers headers, String name, long number) {
        headers.remove(name);
        if (number >= 0) {
            put(headers, name, Long.toString(number));
        }
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
