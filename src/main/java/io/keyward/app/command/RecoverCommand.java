package io.keyward.app.command;

import io.keyward.app.run.StateRecovery;
import io.keyward.app.run.StopSignal;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command `recover`: makes the state of an application consistent that was restored on another cluster.
@Command(
        name = "recover",
        description = {
            "Makes the state of the stopped processor consistent after its topics were restored from copies, and reads"
                    + " its inputs again. Publishes nothing: the next run publishes what is missing.",
            "It can be killed and run again at any moment. docs/recovery.md has all steps."
        })
public final class RecoverCommand implements Callable<Integer> {
    private static final int NAMED = 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--since",
            required = true,
            paramLabel = "TIME",
            converter = SimulateCommand.TimeConverter.class,
            description = "Read the inputs again from this time on: an hour before the first copy fell behind, for"
                    + " example 2026-04-01T00:00:00Z. An earlier time only takes longer.")
    private Instant since;

    @Override
    public Integer call() {
        try (StopSignal stop = StopSignal.install()) {
            StateRecovery.Outcome outcome = StateRecovery.run(config.load().forRun(), since, stop);
            spec.commandLine().getOut().println(text(outcome));
        }
        return ExitCode.OK;
    }

    private String text(StateRecovery.Outcome outcome) {
        String done =
                "Recovered: the state is consistent, and %d records were read again. Start with: bin/keyward run%s"
                        .formatted(outcome.records(), config.typed());
        return done
                + listed(
                        "Decisions rest on %d events that are not there. Send them again and recover once more, or the next start decides without them:",
                        outcome.lost())
                + listed(
                        "Of %d environments something is published, but no event is there. It stays as it is until their events are sent again:",
                        outcome.unknown());
    }

    private static String listed(String sentence, Collection<String> all) {
        return all.isEmpty()
                ? ""
                : all.stream()
                        .limit(NAMED)
                        .collect(Collectors.joining(
                                "%n  ".formatted(),
                                "%n%s%n  ".formatted(sentence.formatted(all.size())),
                                all.size() > NAMED ? "%n  …".formatted() : ""));
    }
}
