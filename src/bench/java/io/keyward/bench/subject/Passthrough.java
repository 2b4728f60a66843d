package io.keyward.bench.subject;

import io.keyward.client.Topic;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Writes each record that it reads once, in transactions. Its rate is that of the raw consumer minus the cost
/// of transactions.
public final class Passthrough {
    private Passthrough() {}

    public static void main(String... arguments) {
        SubjectJob job = SubjectJob.read(arguments);
        String topic = job.name(Topic.ENCRYPTION_DECISIONS);
        TransactionalLoop.Work copy = (received, output) ->
                output.send(new ProducerRecord<>(topic, received.partition(), received.key(), received.value()));
        new TransactionalLoop(job, RecordOrder.asFetched(), copy).run();
    }
}
