package io.keyward.topology;

import io.keyward.domain.RefusedException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/// Makes dead letters: key, value and headers as received, and why the record was refused in headers, both in Kafka
/// Streams' own terms and in ours (contract, section 2).
public final class DeadLetters {
    /// The header with the [io.keyward.domain.RefusalCode].
    public static final String REASON = "keyward.reason";

    /// The header with one sentence for people.
    public static final String DETAIL = "keyward.detail";

    /// Kafka Streams' header with the topic that the record was read from.
    public static final String TOPIC = "__streams.errors.topic";

    /// Kafka Streams' header with the partition that the record was read from, in digits.
    public static final String PARTITION = "__streams.errors.partition";

    /// Kafka Streams' header with the offset that the record was read from, in digits.
    public static final String OFFSET = "__streams.errors.offset";

    private static final String EXCEPTION = "__streams.errors.exception";
    private static final String MESSAGE = "__streams.errors.message";
    private static final String STACK_TRACE = "__streams.errors.stacktrace";

    private DeadLetters() {}

    /// The dead letter of a refused record; its detail may name fields, but never holds the payload.
    static Record<byte[], byte[]> of(Record<byte[], byte[]> refused, Origin origin, RefusedException why) {
        Headers headers = new RecordHeaders(refused.headers().toArray());
        headers.remove(Origin.HEADER);
        put(headers, EXCEPTION, why.getClass().getName());
        put(headers, MESSAGE, why.detail());
        put(headers, STACK_TRACE, why.toString());
        put(headers, TOPIC, origin.topic());
        put(headers, PARTITION, Integer.toString(origin.partition()));
        put(headers, OFFSET, Long.toString(origin.offset()));
        put(headers, REASON, why.code().name());
        put(headers, DETAIL, why.detail());
        return refused.withHeaders(headers);
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
