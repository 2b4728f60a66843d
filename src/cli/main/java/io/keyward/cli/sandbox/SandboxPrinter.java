package io.keyward.cli.sandbox;

import io.keyward.app.run.ProductVersion;
import io.keyward.cli.records.OutputFollower.Followed;
import io.keyward.cli.terminal.OutcomePrinter;
import io.keyward.cli.terminal.StyledLine;
import io.keyward.cli.terminal.Summary;
import io.keyward.cli.terminal.Terminal;
import io.keyward.config.KeywardConfig;
import io.keyward.config.SandboxAddresses;
import io.keyward.config.StateSettings;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Prints the addresses of the sandbox, each output, the summary, and commands to try next.
public record SandboxPrinter(
        PrintStream out, Terminal terminal, SandboxAddresses addresses, OutcomePrinter outcomes, Summary summary) {
    public SandboxPrinter(PrintStream out, Terminal terminal, SandboxAddresses addresses) {
        this(out, terminal, addresses, new OutcomePrinter(out, terminal), new Summary());
    }

    /// Prints the services and their addresses.
    ///
    /// @param complete whether the console and the intake will run
    public void printStart(boolean complete) {
        out.println("Keyward sandbox " + ProductVersion.current());
        out.println();
        if (complete) {
            out.println("Console          " + addresses.console());
        }
        out.println("Kafka            " + addresses.bootstrapServers());
        out.println("Schema registry  " + addresses.registry());
        out.println("HTTP             " + addresses.http() + " (/metrics, /health/ready, /topology)");
        out.println("Key vaults       " + addresses.vault() + " (bin/keyward vault list)");
        if (complete) {
            out.println("Intake           " + addresses.intake() + " (/intake/eventgrid/TENANT), "
                    + addresses.intakeHttp() + " (/metrics, /health/ready)");
        }
        out.println();
        out.flush();
    }

    void printFeed(int events) {
        out.println("The sample: " + events + " events of six tenants, the last one within the last day. The outputs:");
        out.println();
        out.flush();
    }

    void print(List<Followed> followed) {
        for (Followed each : followed) {
            summary.add(each.output());
            if (!each.old()) {
                outcomes.print(each.output());
            }
        }
        outcomes.flush();
    }

    /// Prints what Azure has emitted, and what the intake and the key watch wrote.
    void printNews(List<StyledLine> lines) {
        lines.forEach(line -> line.print(out, terminal));
        out.flush();
    }

    void printSummary() {
        out.println();
        summary.print(out, terminal);
    }

    void printSuggestions() {
        String ports = addresses.equals(SandboxAddresses.DEFAULT) ? "" : " --port-base " + addresses.kafkaPort();
        out.println();
        out.println("The sandbox stays up until Ctrl-C. Try in another terminal:");
        out.println("  bin/keyward explain northwind/orders-prod" + ports);
        out.println("  bin/keyward key tailspin kv-tailspin/main --version v1" + ports);
        out.println("  bin/keyward watch decisions" + ports);
        out.println("  bin/keyward watch warnings --json --from-start --until-end" + ports);
        out.println("  bin/keyward topics describe" + ports);
        out.println("  bin/keyward vault disable kv-contoso/hr" + ports);
        out.println("  bin/keyward vault enable kv-contoso/hr" + ports);
        out.println("  bin/keyward vault rotate kv-litware/ledger" + ports);
        out.println("  echo '" + removal() + "' | bin/keyward whatif" + ports + " -");
        out.println("  echo '" + removal() + "' | bin/keyward publish" + ports + " -");
        out.println("  curl " + addresses.registry() + "/subjects");
        out.println("  curl " + addresses.http() + "/health/ready");
        out.println("  curl " + addresses.http() + "/metrics");
        out.println("  curl " + addresses.intakeHttp() + "/metrics");
        out.println();
        out.flush();
    }

    /// Prints the configuration of a processor for this sandbox, as a file.
    ///
    /// @param inside the configuration of the processor inside the sandbox
    /// @param own the configuration of a processor in a separate process
    public void printConfiguration(KeywardConfig inside, KeywardConfig own) {
        out.println("# For bin/keyward run --config FILE while this sandbox is up; and with KEYWARD_HTTP_PORT="
                + addresses.intakeHttp().getPort() + " for bin/keyward intake --config FILE.");
        if (!own.find(StateSettings.DIR).equals(inside.find(StateSettings.DIR))) {
            out.println("# The state folder is not " + inside.value(StateSettings.DIR)
                    + ", because run refuses folders for temporary files.");
        }
        out.print(own.describe());
        out.flush();
    }

    private static String removal() {
        return "{\"topic\":\"policy-removed\",\"value\":{\"eventId\":\"try-1\",\"tenantId\":\"contoso\","
                + "\"occurredAt\":\"" + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                + "\",\"environmentId\":\"sales-dev\",\"policyId\":\"cmk-sales\"}}";
    }
}
