package io.keyward.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.app.ask.ConsoleClient;
import io.keyward.app.ask.WhatIfReport;
import io.keyward.app.records.LineFiles;
import io.keyward.app.records.RefusedLines;
import io.keyward.app.records.SourceLine;
import io.keyward.app.records.StandardStreams;
import io.keyward.topology.contract.EventLine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The command `whatif`: asks the console what would be published if events came now.
@Command(
        name = "whatif",
        description = {
            "Asks the console what would be published if the events of JSON-lines files came now: what would change,"
                    + " and whether and how it could be undone. Nothing is written.",
            "A line that would be refused is reported on standard error, and the exit code is then 1."
        })
public final class WhatIfCommand implements Callable<Integer> {
    private final Supplier<StandardStreams> process;

    @Mixin
    private AskOptions console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of event lines; - is standard input.")
    private List<String> files;

    WhatIfCommand() {
        this(StandardStreams::ofProcess);
    }

    WhatIfCommand(Supplier<StandardStreams> process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        StandardStreams streams = process.get();
        LineFiles<EventLine> events = new LineFiles<>(files, streams::in, EventLine::parse);
        if (events.reportProblems(streams.err())) {
            return ExitCode.USAGE;
        }
        Lines lines = new Lines(new RefusedLines(streams.err()));
        events.read(lines);
        try (ConsoleClient client = console.connect()) {
            JsonNode answer = client.post(lines.text(), "whatif");
            lines.refuse(answer.path("lines"));
            if (console.json()) {
                streams.out().println(answer);
            } else {
                WhatIfReport.print(answer, number -> lines.sent(number).place(), streams.out(), streams.outTerminal());
            }
        }
        streams.flush();
        return lines.refused ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    /// The event lines that are sent. The others are reported.
    private static final class Lines implements LineFiles.LineConsumer<EventLine> {
        private final RefusedLines complaints;
        private final List<SourceLine> sent = new ArrayList<>();
        private boolean refused;

        Lines(RefusedLines complaints) {
            this.complaints = complaints;
        }

        @Override
        public void accepted(SourceLine line, EventLine parsed) {
            sent.add(line);
        }

        @Override
        public void refused(SourceLine line, String reason) {
            refused = true;
            complaints.add(line, reason);
        }

        String text() {
            return sent.stream().map(line -> line.text().strip() + "\n").collect(Collectors.joining());
        }

        /// Reports what the console refuses, by the lines of the files.
        void refuse(JsonNode answers) {
            for (JsonNode line : answers) {
                JsonNode refusal = line.path("refusal");
                if (!refusal.isMissingNode() && !refusal.isNull()) {
                    String reason = refusal.path("reason").asText("");
                    refused(
                            sent(line.path("line").asInt()),
                            (reason.isEmpty() ? "" : reason + ": ")
                                    + refusal.path("detail").asText());
                }
            }
            complaints.printRest();
        }

        /// @param number in what was sent, from 1
        SourceLine sent(int number) {
            return sent.get(number - 1);
        }
    }
}
