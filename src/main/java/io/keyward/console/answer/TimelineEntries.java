package io.keyward.console.answer;

import io.keyward.topology.OutputReader;
import io.keyward.topology.OutputRecord;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Records of output topics, in the form of answers.
final class TimelineEntries {
    private TimelineEntries() {}

    static TimelineAnswer.Entry entry(ConsumerRecord<byte[], byte[]> received, OutputReader reader) {
        return switch (reader.read(received)) {
            case OutputRecord.Published output -> entry(received, output, output.key(), Optional.of(output));
            case OutputRecord.Retracted output -> entry(received, output, output.key(), Optional.empty());
            case OutputRecord.Refused _ ->
                throw new IllegalArgumentException("A timeline holds no dead letters, but " + received + ".");
        };
    }

    private static TimelineAnswer.Entry entry(
            ConsumerRecord<byte[], byte[]> received,
            OutputRecord output,
            String key,
            Optional<OutputRecord.Published> published) {
        return new TimelineAnswer.Entry(
                output.topic().baseName(),
                key,
                received.partition(),
                received.offset(),
                output.timestamp(),
                published.map(OutputRecord.Published::value),
                published.flatMap(record -> NamedCause.ofOutput(record.value())));
    }
}
