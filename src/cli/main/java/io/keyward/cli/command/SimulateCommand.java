package io.keyward.cli.command;

import io.keyward.cli.records.LineFiles;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.simulate.Simulation;
import io.keyward.cli.simulate.SimulationRun;
import io.keyward.cli.terminal.ProgressBar;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RuleSettings;
import io.keyward.domain.RuleProfile;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.RuleProfiles;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `simulate`: decides events from files with the processors of the topology, without a broker.
@Command(
        name = "simulate",
        description = {
            "Decides the events of JSON-lines files without a broker, and prints one JSON line per output record.",
            "A line that is not an event is reported on standard error, and the others are decided.",
            "An event that has not occurred yet is refused, as it would be if it were sent now; to simulate it"
                    + " anyway, give its line a \"timestamp\" of that time."
        })
public final class SimulateCommand extends StreamsCommand {
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
            names = "--evidence",
            paramLabel = "USE",
            description =
                    "How enforcement reports are used: ${COMPLETION-CANDIDATES}. With REPORT, decisions and warnings"
                            + " show them; with REQUIRE, a component is under the customer's key only if they prove it;"
                            + " default: as configured, or else that of the profile.")
    private Optional<RuleProfile.Evidence> evidence = Optional.empty();

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "After the last line, advance the time to TIME, for example 2026-04-01T00:00:00Z, and decide"
                    + " the deadlines until then: ends of retentions, approaching deletions, expiry dates."
                    + " Without it, only events advance the time.")
    private Optional<Instant> until = Optional.empty();

    @Option(
            names = "--explain",
            description = "Instead of JSON, print each outcome in words and, for each decision, the rules that led to"
                    + " it and the facts that they used.")
    private boolean explain;

    @Option(
            names = "--summary",
            description = "Instead of JSON, print the state at the end: a table with a row per environment,"
                    + " or counts if that would be more than 300 rows.")
    private boolean summary;

    @Override
    int run(StandardStreams streams) {
        LineFiles<EventLine> events = new LineFiles<>(files, streams::in, EventLine::parse);
        if (events.reportProblems(streams.err())) {
            return ExitCode.USAGE;
        }
        KeywardConfig config = configured.load();
        RuleProfile named = rules(profile.orElse(config.value(RuleSettings.PROFILE)));
        RuleProfile rules = evidence.or(() -> config.find(RuleSettings.EVIDENCE))
                .map(named::with)
                .orElse(named);
        Simulation simulation =
                new Simulation(config.topics().names(), rules, config.rules().bounds(), InstantSource.system());
        SimulationRun run = new SimulationRun(
                simulation,
                streams,
                new SimulationRun.Form(explain, summary, files.size() > 1),
                progress(events, streams));
        events.read(run::accepted, run::refused);
        until.ifPresent(run::letTimePass);
        return run.end() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /// Shown on a terminal, unless the outputs on the same terminal show the progress.
    private Optional<ProgressBar> progress(LineFiles<EventLine> events, StandardStreams streams) {
        boolean wanted =
                streams.errTerminal().interactive() && (!streams.outTerminal().interactive() || (summary && !explain));
        return wanted
                ? Optional.of(
                        streams.progress("lines decided", events.countLines().orElse(ProgressBar.UNKNOWN)))
                : Optional.empty();
    }

    private RuleProfile rules(String name) {
        return RuleProfiles.named(name)
                .orElseThrow(() -> wrongUsage("Unknown rule profile %s; it must be one of %s."
                        .formatted(name, String.join(", ", RuleProfiles.names()))));
    }
}
