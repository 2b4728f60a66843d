package io.keyward.cli.command;

import io.keyward.app.run.StopSignal;
import io.keyward.cli.sandbox.Sandbox;
import io.keyward.cli.sandbox.SandboxConfig;
import io.keyward.cli.sandbox.SandboxPrinter;
import io.keyward.cli.sandbox.SandboxSession;
import io.keyward.cli.terminal.Terminal;
import io.keyward.config.SandboxAddresses;
import io.keyward.sandbox.LoopbackPorts;
import io.keyward.sandbox.SandboxFolder;
import io.keyward.sandbox.azure.AzureEmission;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `sandbox`: runs everything on this machine, from the broker to the decisions on a sample.
@Command(
        name = "sandbox",
        description = {
            "Starts everything on this machine: a Kafka broker, a schema registry, an emulator of key vaults, the"
                    + " processor, its console and its intake; sends it the events of a sample, prints the decisions and a summary.",
            "It stays up until Ctrl-C, watches the keys of the emulator, takes in what Azure would emit about them, and"
                    + " prints further decisions."
        })
public final class SandboxCommand implements Runnable {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Keep topics, schemas, keys and state in this folder, and continue from them next time; the"
                            + " sample is then sent again, which changes nothing. Without it, everything is deleted at the end.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "Use ports N (Kafka), N+1 (schema registry), N+2 (HTTP), N+3 (key vault), N+4 (console), N+5"
                    + " (intake) and N+6 (its metrics) instead of 9092, 8081, 8080, 8443, 8090, 8100 and 8101.")
    private Optional<Integer> portBase = Optional.empty();

    @Option(
            names = "--no-report",
            description = "Do not report on behalf of the services that store components. Without this option, each"
                    + " decision is reported as enforced a moment later; with it, it is late after a day.")
    private boolean silent;

    @ArgGroup
    private Extent extent = new Extent();

    static final class Extent {
        @Option(
                names = "--exit-after-sample",
                description =
                        "Stop once the sample has been decided, with exit code 0; keys are not watched, and there is no"
                                + " console and no intake.")
        private boolean exitAfterSample;

        @Option(
                names = "--services-only",
                description = "Start broker, registry and vaults and create topics and schemas, but run no processor"
                        + " and send no sample; print a configuration file with which the commands run, console and"
                        + " intake find them.")
        private boolean servicesOnly;
    }

    @Override
    public void run() {
        Sandbox.requireBroker();
        SandboxAddresses addresses = portBase.map(SandboxAddresses::startingAt).orElse(SandboxAddresses.DEFAULT);
        SandboxPrinter printer = new SandboxPrinter(System.out, Terminal.ofOutput(), addresses);
        if (!extent.servicesOnly) {
            Stream.of(addresses.http(), addresses.console(), addresses.intake(), addresses.intakeHttp())
                    .forEach(address -> LoopbackPorts.requireFree(address.getPort()));
            printer.printStart(!extent.exitAfterSample);
        }
        try (StopSignal stop = StopSignal.install();
                SandboxFolder folder = SandboxFolder.of(data);
                Sandbox sandbox = Sandbox.start(folder, addresses)) {
            if (extent.servicesOnly) {
                serve(sandbox, printer, stop);
            } else {
                new SandboxSession(sandbox, printer, stop, !silent).run(extent.exitAfterSample);
            }
        }
    }

    private static void serve(Sandbox sandbox, SandboxPrinter printer, StopSignal stop) {
        sandbox.prepareIntake();
        try (AzureEmission _ = sandbox.emit(_ -> {})) {
            printer.printConfiguration(sandbox.config(), SandboxConfig.forSeparateProcess(sandbox.config()));
            stop.given().join();
        }
    }
}
