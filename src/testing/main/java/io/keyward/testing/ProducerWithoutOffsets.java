package io.keyward.testing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Acknowledges each record at once with the offset -1, as a broker does that receives a batch again and no longer
/// knows where it put it.
public final class ProducerWithoutOffsets extends MockProducer<byte[], byte[]> {
    public ProducerWithoutOffsets() {
        super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> event, Callback callback) {
        var partition = new TopicPartition(event.topic(), 0);
        callback.onCompletion(new RecordMetadata(partition, -1, 0, -1, 0, 0), null);
        return CompletableFuture.completedFuture(null);
    }
}
