package io.keyward.topology;

import io.keyward.client.TopicNames;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.event.Event;
import io.keyward.topology.contract.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// The coordinates at which a record was first read. A rerouted record carries them in a header, so that causes
/// and dead-letter records contain the coordinates that its producer knows.
///
/// @param topic another name if the source is not a topic
/// @param partition -1 if the source has no partitions
/// @param offset -1 if the source has no offsets
public record OriginCoordinates(String topic, int partition, long offset) implements RecordMetadata {
    static final String HEADER = "keyward.origin";

    /// The coordinates in the header if the record was rerouted, else those at which it is read now.
    static OriginCoordinates firstRead(RecordMetadata read, Headers headers, TopicNames names) {
        OriginCoordinates here = new OriginCoordinates(read.topic(), read.partition(), read.offset());
        return Optional.ofNullable(headers.lastHeader(HEADER))
                .filter(_ -> read.topic().equals(names.rerouted()))
                .map(Header::value)
                .flatMap(OriginCoordinates::parse)
                .filter(origin -> names.topic(origin.topic())
                        .filter(Topics.events()::contains)
                        .isPresent())
                .orElse(here);
    }

    /// The cause of the outputs of the event that was read at these coordinates.
    public Cause causeOf(Event event) {
        return new Cause(event.type(), event.stamp().eventId().value(), event.occurredAt(), topic, partition, offset);
    }

    byte[] asHeader() {
        return (topic + "/" + partition + "/" + offset).getBytes(StandardCharsets.UTF_8);
    }

    /// Empty if Keyward did not write the header: any producer can set one.
    public static Optional<OriginCoordinates> parse(byte[] header) {
        String[] parts = new String(header, StandardCharsets.UTF_8).split("/", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OriginCoordinates(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2])));
        } catch (NumberFormatException foreign) {
            return Optional.empty();
        }
    }
}
