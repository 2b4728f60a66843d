package io.keyward.topology;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// The [Position] of a task: it advances with every record that the task takes from its inputs, whether that is then
/// decided, refused or rerouted. It never goes back. All outputs between two records share one header. For one thread.
final class TaskPosition {
    private final Map<String, Integer> indexes = new HashMap<>();
    private final int partition;
    private final long[] next;
    private final StringBuilder text = new StringBuilder();
    private Optional<Header> header = Optional.empty();

    /// @param start what the task has committed
    TaskPosition(Position start, TopicNames names) {
        partition = start.partition();
        next = start.next().stream().mapToLong(Long::longValue).toArray();
        List<Topic> topics = Topic.readByTheProcessor();
        for (int index = 0; index < next.length; index++) {
            indexes.put(names.name(topics.get(index)), index);
        }
    }

    /// Advances behind a record, before anything is done with it: what it causes carries this position.
    void advance(RecordMetadata read) {
        Integer index = indexes.get(read.topic());
        if (index != null) { // null in a dry run, which reads no topic
            next[index] = read.offset() + 1;
            header = Optional.empty();
        }
    }

    /// Advances behind the ends of transactions that follow without a record, and returns the position.
    Position position(PolledOffsets polled) {
        indexes.forEach((topic, index) -> next[index] = polled.next(new TopicPartition(topic, partition), next[index]));
        header = Optional.empty();
        return new Position(partition, Arrays.stream(next).boxed().toList());
    }

    /// The header of outputs that are written now.
    Header header() {
        if (header.isEmpty()) {
            header = Optional.of(new RecordHeader(Position.HEADER, text().getBytes(StandardCharsets.US_ASCII)));
        }
        return header.get();
    }

    /// As [Position#toString] writes it.
    private String text() {
        text.setLength(0);
        text.append(partition);
        char separator = ':';
        for (long offset : next) {
            text.append(separator).append(offset);
            separator = ',';
        }
        return text.toString();
    }
}
