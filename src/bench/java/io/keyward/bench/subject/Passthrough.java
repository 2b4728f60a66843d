package io.keyward.bench.subject;

import io.keyward.topology.contract.Topic;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Writes each record that it reads once, exactly once: what transactions leave of the rate of the raw consumer.
public final class Passthrough {
    private Passthrough() {}

    public static void main(String... arguments) {
        Job job = Job.read(arguments);
        String topic = job.name(Topic.ENCRYPTION_DECISIONS);
        TransactionalLoop.Work copy = (received, output) ->
                output.send(new ProducerRecord<>(topic, received.partition(), received.key(), received.value()));
        new TransactionalLoop(job, Feed.asFetched(), copy).run();
    }
}
