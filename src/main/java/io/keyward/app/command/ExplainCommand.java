package io.keyward.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.app.ask.ConsoleClient;
import io.keyward.app.ask.ExplainReport;
import io.keyward.app.records.StandardStreams;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// The command `explain`: asks the console why an environment is as it is.
@Command(
        name = "explain",
        description = {
            "Asks the console about an environment: its decision, why, its open warnings, what falls due, and what would"
                    + " mend it."
        })
public final class ExplainCommand implements Callable<Integer> {
    private final Supplier<StandardStreams> process;

    @Mixin
    private AskOptions console;

    @Parameters(
            paramLabel = "TENANT/ENVIRONMENT",
            converter = EnvironmentConverter.class,
            description = "The environment, as other commands print it.")
    private EnvironmentArgument environment;

    record EnvironmentArgument(String tenant, String environment) {}

    /// For picocli.
    static final class EnvironmentConverter implements ITypeConverter<EnvironmentArgument> {
        @Override
        public EnvironmentArgument convert(String text) {
            String[] parts = text.split("/", -1);
            if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new TypeConversionException(
                        "'%s' is not an environment; expected is TENANT/ENVIRONMENT.".formatted(text));
            }
            return new EnvironmentArgument(parts[0], parts[1]);
        }
    }

    ExplainCommand() {
        this(StandardStreams::ofProcess);
    }

    ExplainCommand(Supplier<StandardStreams> process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        StandardStreams streams = process.get();
        try (ConsoleClient client = console.connect()) {
            JsonNode answer = client.get(Map.of(), "environments", environment.tenant(), environment.environment());
            if (console.json()) {
                streams.out().println(answer);
            } else {
                ExplainReport.print(answer, streams.out(), streams.outTerminal());
            }
        }
        streams.flush();
        return ExitCode.OK;
    }
}
