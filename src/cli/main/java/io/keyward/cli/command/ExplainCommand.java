package io.keyward.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.cli.ask.ConsoleClient;
import io.keyward.cli.ask.ExplainReport;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.JsonFields;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The command `explain`: asks the console for the decision on an environment and its reasons.
@Command(
        name = "explain",
        description = {
            "Asks the console about an environment: its decision and why, its open warnings, its next deadlines, and what"
                    + " would fix it."
        })
public final class ExplainCommand extends StreamsCommand {
    @Mixin
    private AskOptions console;

    @Parameters(paramLabel = "TENANT/ENVIRONMENT", description = "The environment, as other commands print it.")
    private EnvironmentArgument environment;

    record EnvironmentArgument(String tenant, String environment) {}

    @Override
    int run(StandardStreams streams) {
        try (ConsoleClient client = console.connect()) {
            JsonNode answer = client.get(Map.of(), "environments", environment.tenant(), environment.environment());
            console.print(answer, streams, lines -> new ExplainReport(lines).print(new JsonFields(answer)));
        }
        return ExitCode.OK;
    }
}
