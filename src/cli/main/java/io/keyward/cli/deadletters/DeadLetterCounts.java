package io.keyward.cli.deadletters;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.cli.terminal.Colour;
import io.keyward.cli.terminal.JsonFields;
import io.keyward.cli.terminal.TextTable;
import io.keyward.cli.terminal.TextTable.Column;
import io.keyward.topology.read.OutputRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.TreeMap;

/// The number of dead letters by producer, topic and reason, and the times of the first and the last.
public final class DeadLetterCounts {
    /// The number of columns that stay side by side on a narrow screen.
    private static final int LEAST = 4;

    private static final List<Column> COLUMNS = List.of(
            Column.text("Producer", Colour.NAME, "producer"),
            Column.text("Topic", Colour.PLAIN, "topic"),
            Column.text("Reason", Colour.BAD, "reason"),
            Column.text("Records", Colour.PLAIN, "count"),
            Column.time("First", Colour.FAINT, "first"),
            Column.time("Last", Colour.FAINT, "last"));

    /// The times of the dead letters of each kind, in milliseconds.
    private final TreeMap<Kind, LongSummaryStatistics> counts = new TreeMap<>(Kind.IN_ORDER);

    /// @param producer empty if unknown
    private record Kind(String producer, String topic, String reason) {
        static final Comparator<Kind> IN_ORDER =
                Comparator.comparing(Kind::producer).thenComparing(Kind::topic).thenComparing(Kind::reason);
    }

    public void add(OutputRecord.Refused refused) {
        counts.computeIfAbsent(
                        new Kind(
                                refused.text("producer"),
                                refused.source().path("topic").asText(),
                                refused.reason()),
                        _ -> new LongSummaryStatistics())
                .accept(refused.timestamp().toEpochMilli());
    }

    /// Returns one line for each count, ordered by producer, topic and reason.
    public List<ObjectNode> lines() {
        return counts.entrySet().stream()
                .map(each -> line(each.getKey(), each.getValue()))
                .toList();
    }

    private static ObjectNode line(Kind kind, LongSummaryStatistics count) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        if (!kind.producer().isEmpty()) {
            line.put("producer", kind.producer());
        }
        return line.put("topic", kind.topic())
                .put("reason", kind.reason())
                .put("count", count.getCount())
                .put("first", Instant.ofEpochMilli(count.getMin()).toString())
                .put("last", Instant.ofEpochMilli(count.getMax()).toString());
    }

    /// Returns the counts as a table.
    public TextTable table() {
        return TextTable.of(lines().stream().map(JsonFields::new).toList(), COLUMNS, LEAST);
    }
}
