package io.keyward.bench.subject;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Writes as many records as the product does for the same workload, outputs and changelogs, with the same
/// sizes and the same batching, but decides nothing. Its rate is the upper bound for the product.
public final class MatchedPassthrough {
    private MatchedPassthrough() {}

    public static void main(String... arguments) {
        SubjectJob job = SubjectJob.read(arguments);
        WriteProfile profile = WriteProfile.read(job.folder().resolve(WriteProfile.FILE));
        List<Stream> streams = profile.flows().stream()
                .map(flow -> new Stream(new Repetition(flow), job.ownTopic(flow.topic())))
                .toList();
        TransactionalLoop.Work repeat =
                (received, output) -> streams.forEach(stream -> stream.afterOneMore(received, output));
        new TransactionalLoop(job, RecordOrder.asFetched(), repeat).run();
    }

    /// Writes the records of one topic.
    private record Stream(Repetition repetition, String topic) {
        void afterOneMore(ConsumerRecord<byte[], byte[]> received, TransactionalLoop.Output output) {
            repetition.afterOneMore(
                    pair -> output.send(new ProducerRecord<>(topic, received.partition(), pair.key(), pair.value())));
        }
    }
}
