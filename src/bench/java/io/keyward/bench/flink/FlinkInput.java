package io.keyward.bench.flink;

import io.keyward.bench.subject.SubjectJob;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// An input record within Flink, in the form that Flink's POJO serializer accepts.
public final class FlinkInput {
    public String tenant = "";
    public String topic = "";
    public int partition;
    public long offset;
    public long time;
    public byte[] value = {};
    public byte[] sent = {};

    static FlinkInput of(ConsumerRecord<byte[], byte[]> received) {
        FlinkInput arrival = new FlinkInput();
        arrival.tenant = new String(received.key(), StandardCharsets.UTF_8);
        arrival.topic = received.topic();
        arrival.partition = received.partition();
        arrival.offset = received.offset();
        arrival.time = received.timestamp();
        arrival.value = received.value();
        arrival.sent = Optional.ofNullable(received.headers().lastHeader(SubjectJob.SENT))
                .map(Header::value)
                .orElse(arrival.sent);
        return arrival;
    }
}
