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

/// The [Position] of a task: it advances with every record that the task reads from its inputs, whether the
/// record is then decided, refused or rerouted. It never goes back. All outputs between two records share one
/// header. Not thread-safe.
final class TaskPosition {
    private final Map<String, Integer> indexes = new HashMap<>();
    private final int partition;
    private final long[] next;
    private final StringBuilder text = new StringBuilder();
    private Optional<Header> header = Optional.empty();

    /// @param start the committed position of the task
    TaskPosition(Position start, TopicNames names) {
        partition = start.partition();
        next = start.next().stream().mapToLong(Long::longValue).toArray();
        List<Topic> topics = Topic.readByTheProcessor();
        for (int index = 0; index < next.length; index++) {
            indexes.put(names.name(topics.get(index)), index);
        }
    }

    /// Advances past a record, before it is processed: the outputs that it causes carry this position.
    void advance(RecordMetadata read) {
        Integer index = indexes.get(read.topic());
        if (index != null) { // null in a dry run, which reads no topic
            next[index] = read.offset() + 1;
            header = Optional.empty();
        }
    }

    /// Advances past transaction markers and aborted records that follow, and returns the position.
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

    /// The same text as [Position#toString].
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
