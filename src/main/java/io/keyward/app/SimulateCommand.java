package io.keyward.app;

import io.keyward.app.console.Terminal;
import io.keyward.domain.RuleProfile;
import io.keyward.topology.RuleProfiles;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `simulate`: decides events from files by the real topology, without any broker.
@Command(
        name = "simulate",
        description = {
            "Decides the events of JSON-lines files without any broker, and prints one JSON line per output record.",
            "A line that is no event is reported on standard error, and the others are decided."
        })
final class SimulateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption configured;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of event lines; - is standard input.")
    private List<String> files;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Rule profile to decide by, for example 2024-07-30; default: as configured.")
    private Optional<String> profile = Optional.empty();

    @Option(
            names = "--explain",
            description = "Instead of JSON, print each outcome in words and, for each decision, the rules that made it"
                    + " and the facts that they looked at.")
    private boolean explain;

    @Option(
            names = "--summary",
            description = "Instead of JSON, print how things stand at the end: a table with a row per environment.")
    private boolean summary;

    @Override
    public Integer call() {
        EventFiles events = new EventFiles(files, System.in);
        List<String> problems = events.problems();
        if (!problems.isEmpty()) {
            problems.forEach(problem -> spec.commandLine().getErr().println("keyward: " + problem));
            return ExitCode.USAGE;
        }
        KeywardConfig config = configured.load();
        RuleProfile rules = rules(profile.orElse(config.rules().profile()));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        try (Simulation simulation =
                new Simulation(config.topics().names(), rules, config.rules().maxFuture())) {
            SimulationReport report = new SimulationReport(out, Terminal.ofOutput(), explain, summary);
            SimulationRun run = new SimulationRun(simulation, report, !events.isOne());
            events.read(run);
            report.end();
            return run.refusedLines() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private RuleProfile rules(String name) {
        return RuleProfiles.named(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "There is no rule profile %s; accepted is one of %s."
                                .formatted(name, String.join(", ", RuleProfiles.names()))));
    }
}
