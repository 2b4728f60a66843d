package io.keyward.topology;

import io.keyward.avro.PublicationWriter;
import io.keyward.domain.Publication;
import io.keyward.domain.Trigger;
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

    void publish(List<Publication> publications, Trigger trigger) {
        publications.forEach(publication -> publish(publication, trigger));
    }

    void publish(Publication publication, Trigger trigger) {
        RecordHeaders headers = new RecordHeaders();
        trigger.headers().forEach(header -> headers.add(header.name(), header.value()));
        long time = Math.max(0, trigger.recordTime().toEpochMilli());
        Topic topic = topicOf(publication);
        byte[] value = writer.bytes(names.name(topic), publication);
        context.forward(new Record<>(publication.key(), value, time, headers), Nodes.write(topic));
        observer.published(
                publication,
                Duration.between(trigger.recordTime(), Instant.ofEpochMilli(context.currentSystemTimeMs())));
    }

    private static Topic topicOf(Publication publication) {
        return switch (publication) {
            case Publication.OfDecision _ -> Topic.ENCRYPTION_DECISIONS;
            case Publication.OfWarning _ -> Topic.WARNINGS;
            case Publication.OfSuppression _, Publication.OfAllowance _ -> Topic.ANALYTICS_SUPPRESSIONS;
            case Publication.Retraction r ->
                switch (r.kind()) {
                    case DECISION -> Topic.ENCRYPTION_DECISIONS;
                    case WARNING -> Topic.WARNINGS;
                    case SUPPRESSION -> Topic.ANALYTICS_SUPPRESSIONS;
                };
        };
    }
}
