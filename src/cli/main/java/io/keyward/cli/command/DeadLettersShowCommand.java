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

/// The command `dead-letters show`: prints dead letters completely.
@Command(
        name = "show",
        description = {
            "Shows the latest records that were refused, with reason, coordinates, time, headers, and the value as far as"
                    + " it can be read: as fields if it is Avro or JSON, else as base64.",
            "To repair events, edit the lines that --json prints, and send them with: dead-letters resend FILE"
        })
final class DeadLettersShowCommand extends ClusterCommand {
    @Mixin
    private DeadLetterFilter filter;

    @Parameters(
            arity = "0..1",
            paramLabel = "TOPIC/PARTITION/OFFSET",
            description = "Only the dead letter of the refused record with these coordinates, as logs and producers"
                    + " name it.")
    private Optional<String> coordinates = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Only the latest N, by the time of the record; default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--json", description = "Print one JSON line for each dead letter.")
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
            streams.tell("keyward: no dead letter matches%n");
        } else if (accepted > last.size()) {
            streams.tell(
                    "keyward: only the latest %d of %d are shown; use --limit N to show more%n", last.size(), accepted);
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
        ObjectNode fields = deadLetter.refused().deadLetter();
        for (String name : List.of("place", "resentFrom", "receivedAt", "value", "valueLength", "valueBase64")) {
            if (fields.has(name)) {
                report.item(Colour.PLAIN, name + ": " + fields.get(name));
            }
        }
        deadLetter.headers().forEach((name, value) -> report.item(Colour.FAINT, "header " + name + ": " + value));
    }
}
