package io.keyward.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.cli.ask.ConsoleClient;
import io.keyward.cli.ask.WhatIfReport;
import io.keyward.cli.records.LineFiles;
import io.keyward.cli.records.RefusedLines;
import io.keyward.cli.records.SourceLine;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.JsonFields;
import io.keyward.topology.contract.EventLine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The command `whatif`: asks the console what would be published if events arrived now.
@Command(
        name = "whatif",
        description = {
            "Asks the console what would be published if the events of JSON-lines files arrived now, and what"
                    + " would change. Nothing is written.",
            "A line that would be refused is reported on standard error, and the exit code is then 1."
        })
public final class WhatIfCommand extends StreamsCommand {
    @Mixin
    private AskOptions console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of event lines; - is standard input.")
    private List<String> files;

    @Override
    int run(StandardStreams streams) {
        LineFiles<EventLine> events = new LineFiles<>(files, streams::in, EventLine::parse);
        if (events.reportProblems(streams.err())) {
            return ExitCode.USAGE;
        }
        List<SourceLine> sent = new ArrayList<>();
        RefusedLines refused = new RefusedLines(streams.err());
        events.read((line, _) -> sent.add(line), refused::add);
        try (ConsoleClient client = console.connect()) {
            String text = sent.stream().map(line -> line.text().strip() + "\n").collect(Collectors.joining());
            JsonNode answer = client.post(text, "whatif");
            refuse(answer.path("lines"), sent, refused);
            console.print(answer, streams, lines -> new WhatIfReport(lines).print(new JsonFields(answer)));
        }
        return refused.count() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    /// Reports the events that the console refuses, with their lines in the files.
    private static void refuse(JsonNode answers, List<SourceLine> sent, RefusedLines refused) {
        for (JsonNode line : answers) {
            JsonNode refusal = line.path("refusal");
            if (!refusal.isMissingNode() && !refusal.isNull()) {
                String reason = refusal.path("reason").asText("");
                refused.add(
                        sent.get(line.path("line").asInt() - 1),
                        (reason.isEmpty() ? "" : reason + ": ")
                                + refusal.path("detail").asText());
            }
        }
        refused.printRest();
    }
}
