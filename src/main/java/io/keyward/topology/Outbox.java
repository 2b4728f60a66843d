package io.keyward.topology;

import io.keyward.avro.PublicationWriter;
import io.keyward.domain.Publication;
import io.keyward.domain.Situation;
import io.keyward.domain.Trigger;
import io.keyward.domain.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Sends publications to their topics, with the time and the headers of the record that caused them.
final class Outbox {
    private final ProcessorContext<String, byte[]> context;
    private final TopicNames names;
    private final PublicationWriter writer;
    private final FlowObserver observer;

    Outbox(
            ProcessorContext<String, byte[]> context,
            TopicNames names,
            PublicationWriter writer,
            FlowObserver observer) {
        this.context = context;
        this.names = names;
        this.writer = writer;
        this.observer = observer;
    }

    /// Tells why the publications that follow are made.
    void explain(Situation situation, Verdict verdict) {
        observer.decided(situation, verdict);
    }

    void publish(List<Publication> publications, Trigger trigger) {
        publications.forEach(publication -> publish(publication, trigger));
    }

    void publish(Publication publication, Trigger trigger) {
        RecordHeaders headers = new RecordHeaders();
        trigger.headers().forEach(header -> headers.add(header.name(), header.value()));
        long time = Math.max(0, trigger.recordTime().toEpochMilli());
        Topic topic = Topic.of(publication);
        byte[] value = writer.bytes(names.name(topic), headers, publication);
        context.forward(new Record<>(publication.key(), value, time, headers), Nodes.write(topic));
        observer.published(
                publication,
                Duration.between(trigger.recordTime(), Instant.ofEpochMilli(context.currentSystemTimeMs())));
    }
}
