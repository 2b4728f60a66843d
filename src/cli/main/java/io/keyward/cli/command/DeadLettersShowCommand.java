package io.keyward.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.cli.deadletters.DeadLetter;
import io.keyward.cli.deadletters.DeadLetterLog;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.Colour;
import io.keyward.cli.terminal.OutcomePrinter;
import io.keyward.cli.terminal.ReportLines;
import io.keyward.cluster.ClusterTopics;
import io.keyward.config.RegistryConnection;
import io.keyward.registry.client.SchemaRegistry;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `dead-letters show`: prints dead letters whole.
@Command(
        name = "show",
        description = {
            "Shows the last records that were refused, with reason, place, time, headers, and the value as far as it can be"
                    + " read: as fields if it is Avro or JSON, else as bytes in base64.",
            "Edit the lines of --json to repair events, and send them with: dead-letters resend FILE"
        })
final class DeadLettersShowCommand extends ClusterCommand {
    @Mixin
    private DeadLetterFilter filter;

    @Parameters(
            arity = "0..1",
            paramLabel = "TOPIC/PARTITION/OFFSET",
            description = "The place of a refused record, as logs and producers know it: only its dead letter.")
    private Optional<String> coordinates = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Only the last N, by the time of the record; default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--json", description = "Print one JSON line for each.")
    private boolean json;

    private long accepted;

    @Override
    int run(StandardStreams streams) {
        ClusterTopics topics = cluster.topics();
        List<DeadLetter> last;
        try (SchemaRegistry registry = RegistryConnection.open(topics.config());
                DeadLetterLog deadLetters = DeadLetterLog.open(topics, registry)) {
            last = last(deadLetters);
        }
        last.forEach(deadLetter -> print(deadLetter, streams));
        streams.flush();
        if (accepted == 0) {
            streams.tell("keyward: there is no such dead letter%n");
        } else if (accepted > last.size()) {
            streams.tell("keyward: only the last %d of %d are shown; --limit N shows more%n", last.size(), accepted);
        }
        return coordinates.isPresent() && accepted == 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private List<DeadLetter> last(DeadLetterLog deadLetters) {
        PriorityQueue<DeadLetter> last = new PriorityQueue<>(DeadLetter.IN_ORDER);
        deadLetters.read(deadLetter -> {
            if (filter.accepts(deadLetter) && coordinates.map(deadLetter::isAt).orElse(true)) {
                accepted++;
                last.add(deadLetter);
                if (last.size() > limit) {
                    last.remove();
                }
            }
        });
        return last.stream().sorted(DeadLetter.IN_ORDER).toList();
    }

    private void print(DeadLetter deadLetter, StandardStreams streams) {
        if (json) {
            streams.out().println(deadLetter.line());
            return;
        }
        new OutcomePrinter(streams.out(), streams.outTerminal().breakingLines()).print(deadLetter.refused());
        ReportLines report = streams.report();
        ObjectNode told = deadLetter.refused().deadLetter();
        for (String name : List.of("place", "resentFrom", "receivedAt", "value", "valueLength", "valueBase64")) {
            if (told.has(name)) {
                report.item(Colour.PLAIN, name + ": " + told.get(name));
            }
        }
        deadLetter.headers().forEach((name, value) -> report.item(Colour.FAINT, "header " + name + ": " + value));
    }
}
