package io.keyward.client;

import io.keyward.decision.Progress;
import io.keyward.registry.AvroDeserializer;
import io.keyward.registry.client.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Follows `progress` and `dead-letters` and answers what has become of events. Safe for many threads.
final class OutcomeReader extends OutcomeState implements Follower.Reader, AutoCloseable {
    private final String progress;
    private final AvroDeserializer deserializer;
    private final Follower follower;

    OutcomeReader(Settings settings, SchemaRegistry registry) {
        super(settings.topics());
        progress = settings.topics().name(Topic.PROGRESS);
        deserializer = AvroDeserializer.specific(
                registry, List.of(Progress.getClassSchema()), Progress.class.getClassLoader());
        follower = Follower.start("keyward-outcomes", settings, List.of(Topic.PROGRESS, Topic.DEAD_LETTERS), this);
    }

    @Override
    public void read(ConsumerRecord<byte[], byte[]> read) {
        if (!read.topic().equals(progress)) {
            Optional<Outcome.Refused> refusal = DeadLetterHeaders.refusal(read.headers());
            DeadLetterHeaders.place(read.headers()).ifPresent(place -> refusal.ifPresent(why -> refused(place, why)));
        } else if (read.value() == null) {
            removed(Integer.parseInt(new String(read.key(), StandardCharsets.UTF_8)));
        } else {
            progress(
                    (Progress) deserializer.deserialize(progress, read.headers(), read.value()),
                    Instant.ofEpochMilli(read.timestamp()));
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
