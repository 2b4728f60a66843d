package io.keyward.bench.subject;

import io.keyward.bench.subject.WriteProfile.Flow;
import io.keyward.bench.subject.WriteProfile.Pair;
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
                .map(flow -> new Stream(flow, job.ownTopic(flow.topic())))
                .toList();
        TransactionalLoop.Work repeat =
                (received, output) -> streams.forEach(stream -> stream.afterOneMore(received, output));
        new TransactionalLoop(job, RecordOrder.asFetched(), repeat).run();
    }

    /// The records of one topic: repeats the samples and writes as many records as the profile requires.
    private static final class Stream {
        private final Flow flow;
        private final String topic;
        private double due;
        private int next;

        Stream(Flow flow, String topic) {
            this.flow = flow;
            this.topic = topic;
        }

        void afterOneMore(ConsumerRecord<byte[], byte[]> received, TransactionalLoop.Output output) {
            for (due += flow.perEvent(); due >= 1; due--) {
                Pair pair = flow.samples().get(next);
                next = (next + 1) % flow.samples().size();
                output.send(new ProducerRecord<>(topic, received.partition(), pair.key(), pair.value()));
            }
        }
    }
}
