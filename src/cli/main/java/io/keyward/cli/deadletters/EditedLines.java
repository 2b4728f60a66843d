package io.keyward.cli.deadletters;

import io.keyward.cli.records.SourceLine;
import io.keyward.client.TopicNames;
import io.keyward.registry.ValueWriter;
import io.keyward.topology.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/// Resends dead letters with the events of the edited lines that name them. For one thread.
public final class EditedLines implements Repair {
    private final TopicNames names;
    private final ValueWriter values;
    private final Map<EditedLine.DeadLetterId, Found> lines = new LinkedHashMap<>();
    private final Set<EditedLine.DeadLetterId> found = new HashSet<>();

    private record Found(SourceLine source, EditedLine line) {}

    public EditedLines(TopicNames names, ValueWriter values) {
        this.names = names;
        this.values = values;
    }

    /// Adds a line that repairs a dead letter; returns false if another line names the same one.
    public boolean add(SourceLine source, EditedLine line) {
        return lines.putIfAbsent(line.deadLetter(), new Found(source, line)) == null;
    }

    @Override
    public Optional<Attempt> of(DeadLetter deadLetter) {
        EditedLine.DeadLetterId coordinates = EditedLine.DeadLetterId.of(deadLetter);
        return Optional.ofNullable(lines.get(coordinates)).map(edited -> {
            found.add(coordinates);
            return attempt(deadLetter, edited.line());
        });
    }

    private Attempt attempt(DeadLetter deadLetter, EditedLine line) {
        return deadLetter.resentFrom().isPresent() && !line.repairs(deadLetter)
                ? new Attempt.Leave("refused again when they were resent, and not repaired since")
                : new Attempt.Send(names.name(line.event().topic()), () -> record(deadLetter, line));
    }

    private ProducerRecord<byte[], byte[]> record(DeadLetter deadLetter, EditedLine line) {
        String topic = names.name(line.event().topic());
        Headers headers = DeadLetters.asReceived(deadLetter.received().headers());
        byte[] value = values.serialize(topic, headers, line.event().value().orElseThrow());
        byte[] key = line.event()
                .key()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(null);
        return new ProducerRecord<>(topic, null, null, key, value, headers);
    }

    /// Reports the lines that name no existing dead letter; call it after all dead letters were read.
    public void missing(Consumer<SourceLine> reported) {
        lines.forEach((coordinates, edited) -> {
            if (!found.contains(coordinates)) {
                reported.accept(edited.source());
            }
        });
    }
}
