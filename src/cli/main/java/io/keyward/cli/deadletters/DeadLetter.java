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

/// A dead letter: its record, and what is known about it.
public record DeadLetter(ConsumerRecord<byte[], byte[]> received, OutputRecord.Refused refused) {
    /// Orders by the time of the refused record, then by the coordinates of the dead letter.
    public static final Comparator<DeadLetter> IN_ORDER = Comparator.comparing(
                    (DeadLetter deadLetter) -> deadLetter.refused().timestamp())
            .thenComparingInt(deadLetter -> deadLetter.received().partition())
            .thenComparingLong(deadLetter -> deadLetter.received().offset());

    /// The coordinates of the refused record, as `topic/partition/offset`. If its source has no partitions, as
    /// with Event Grid, the coordinates of the dead letter.
    String coordinates() {
        return DeadLetterHeaders.coordinates(received.headers())
                .map(coordinates -> coordinates.topic() + "/" + coordinates.partition() + "/" + coordinates.offset())
                .orElseGet(() -> received.topic() + "/" + received.partition() + "/" + received.offset());
    }

    /// Whether these are the coordinates of the refused record, as `topic/partition/offset`.
    public boolean isAt(String coordinates) {
        ObjectNode source = refused.source();
        String known =
                source.path("topic").asText() + "/" + source.path("partition").asText() + "/"
                        + source.path("offset").asText();
        return known.equals(coordinates) || coordinates().equals(coordinates);
    }

    /// The coordinates of the dead letter that the refused record was resent from; empty if it was not resent.
    Optional<String> resentFrom() {
        return resentFrom(received);
    }

    /// The coordinates in the header of a record that was resent; empty for other records.
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
