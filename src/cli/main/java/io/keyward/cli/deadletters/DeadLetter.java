package io.keyward.cli.deadletters;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.client.DeadLetterHeaders;
import io.keyward.topology.DeadLetters;
import io.keyward.topology.read.OutputRecord;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// A dead letter: its record, and what is known of it.
public record DeadLetter(ConsumerRecord<byte[], byte[]> received, OutputRecord.Refused refused) {
    /// By the time of the refused record.
    public static final Comparator<DeadLetter> IN_ORDER = Comparator.comparing(
                    (DeadLetter deadLetter) -> deadLetter.refused().timestamp())
            .thenComparingInt(deadLetter -> deadLetter.received().partition())
            .thenComparingLong(deadLetter -> deadLetter.received().offset());

    /// The place of the refused record, as `topic/partition/offset`. If its source has no partitions, as that
    /// of Event Grid, the place of the dead letter.
    String origin() {
        return DeadLetterHeaders.coordinates(received.headers())
                .map(coordinates -> coordinates.topic() + "/" + coordinates.partition() + "/" + coordinates.offset())
                .orElseGet(() -> received.topic() + "/" + received.partition() + "/" + received.offset());
    }

    /// Whether this is the place of the refused record: topic, partition and offset with slashes between them.
    public boolean isAt(String coordinates) {
        ObjectNode source = refused.source();
        String known =
                source.path("topic").asText() + "/" + source.path("partition").asText() + "/"
                        + source.path("offset").asText();
        return known.equals(coordinates) || origin().equals(coordinates);
    }

    /// The origin of the dead letter that the refused record was a repetition of.
    Optional<String> resentFrom() {
        return resentFrom(received);
    }

    /// What the header of a record that was sent again says.
    static Optional<String> resentFrom(ConsumerRecord<byte[], byte[]> record) {
        return DeadLetterHeaders.text(record.headers(), DeadLetters.RESENT_FROM);
    }

    /// The headers that the refused record had.
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        DeadLetters.asReceived(received.headers())
                .forEach(header -> headers.put(
                        header.key(),
                        header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    /// The output line, with the headers that the refused record had.
    public ObjectNode line() {
        ObjectNode line = refused.line();
        headers().forEach(line.putObject("headers")::put);
        return line;
    }
}
