package io.keyward.bench.flink;

import org.apache.kafka.clients.producer.ProducerRecord;

/// An output record within Flink. The value of a tombstone is null.
public final class FlinkOutput {
    public String topic = "";
    public int partition;
    public long time;
    public byte[] key = {};
    public byte[] value = {};
    public byte[] sent = {};

    static FlinkOutput of(ProducerRecord<byte[], byte[]> outgoing, byte[] sent) {
        FlinkOutput departure = new FlinkOutput();
        departure.topic = outgoing.topic();
        departure.partition = outgoing.partition();
        departure.time = outgoing.timestamp();
        departure.key = outgoing.key();
        departure.value = outgoing.value();
        departure.sent = sent;
        return departure;
    }
}
