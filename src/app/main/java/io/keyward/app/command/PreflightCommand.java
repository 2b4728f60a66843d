package io.keyward.app.command;

import io.keyward.app.preflight.Forecast;
import io.keyward.app.preflight.ForecastJson;
import io.keyward.app.preflight.ForecastReport;
import io.keyward.app.preflight.Inventory;
import io.keyward.app.preflight.InventoryFlow;
import io.keyward.app.preflight.LimitPosition;
import io.keyward.app.records.LineFiles;
import io.keyward.app.records.RefusedLines;
import io.keyward.app.records.StandardStreams;
import io.keyward.domain.decision.TenantState;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `preflight`: tells what applying a policy to an environment would do to its flows (R3a).
@Command(
        name = "preflight",
        description = {
            "Tells, before an enterprise policy is applied to an environment, which of its cloud flows will not migrate"
                    + " to the customer-managed key, why, the way round, and what else applying does. Needs no broker.",
            "The files hold the environment's flows, one JSON object a line: {\"flowId\": …, \"displayName\": …,"
                    + " \"trigger\": …, \"inSolution\": …, \"actions\": […], \"calls\": […]}. docs/contract.md describes"
                    + " them."
        },
        exitCodeList = {
            "0:all flows will migrate",
            "1:some will not, or it is not known, or the command failed",
            "2:the flows cannot be read; wrong usage"
        })
public final class PreflightCommand extends StreamsCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files of flow lines, together the inventory of one environment; - is standard input.")
    private List<String> files;

    @Option(names = "--json", description = "Print one JSON document, which lists every flow.")
    private boolean json;

    @Option(
            names = "--used",
            paramLabel = "M",
            description = "How many environments of the tenant are enabled already, without this one; tells whether"
                    + " this one gets a slot.")
    private Optional<Integer> used = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "How many environments the tenant can have enabled; default: " + TenantState.DEFAULT_LIMIT + ".")
    private Optional<Integer> limit = Optional.empty();

    @Override
    int run(StandardStreams streams) {
        Optional<LimitPosition> position = position();
        Optional<Inventory> inventory = inventory(streams);
        if (inventory.isEmpty()) {
            return ExitCode.USAGE;
        }
        Forecast forecast = Forecast.of(inventory.get().flows(), position);
        if (json) {
            ForecastJson.write(forecast, streams.out());
        } else {
            new ForecastReport(forecast, streams.report()).print();
        }
        streams.flush();
        return forecast.allWillMigrate() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Optional<LimitPosition> position() {
        used.ifPresent(number -> requireNotNegative("--used", number));
        limit.ifPresent(number -> requireNotNegative("--limit", number));
        if (limit.isPresent() && used.isEmpty()) {
            throw wrongUsage(
                    "--limit needs --used: how many environments of the tenant are enabled already, without this one.");
        }
        return used.map(number -> new LimitPosition(limit.orElse(TenantState.DEFAULT_LIMIT), number));
    }

    private void requireNotNegative(String option, int number) {
        if (number < 0) {
            throw wrongUsage("%s = %d: expected a number of environments, 0 or more.".formatted(option, number));
        }
    }

    /// The flows; empty if they cannot be read, and then every problem has been printed.
    private Optional<Inventory> inventory(StandardStreams streams) {
        LineFiles<InventoryFlow> lines = new LineFiles<>(files, streams::in, InventoryFlow::parse);
        if (lines.reportProblems(streams.err())) {
            return Optional.empty();
        }
        RefusedLines refused = new RefusedLines(streams.err());
        Inventory inventory = new Inventory(refused);
        try {
            lines.read(inventory::add, refused::add);
        } catch (UncheckedIOException failure) {
            streams.err().println("keyward: " + failure.getMessage());
            return Optional.empty();
        }
        refused.printRest();
        if (refused.count() > 0) {
            streams.tell(
                    "keyward: nothing was checked; lines refused: %d of %d; correct them. Each line is one flow,"
                            + " a JSON object; jq -c '.[]' FILE makes such lines of an array%n",
                    refused.count(), refused.count() + inventory.flows().size());
            return Optional.empty();
        }
        return Optional.of(inventory);
    }
}
