package io.keyward.cli.command;

import io.keyward.app.run.StateRecovery;
import io.keyward.app.run.StopSignal;
import io.keyward.cli.records.StandardStreams;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `recover`: makes the state consistent after an application was restored on another cluster.
@Command(
        name = "recover",
        description = {
            "Makes the state of the stopped processor consistent after its topics were restored from copies, and reads"
                    + " its inputs again. Publishes nothing: the next run publishes what is missing.",
            "With --from-inputs, the stored state of a partition is ignored, and rebuilt from the inputs alone."
                    + " Parked partitions can be decided while the processor runs.",
            "If it is killed at any point, run it again. See docs/recovery.md for all steps."
        })
public final class RecoverCommand extends StreamsCommand {
    private static final int NAMED = 20;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Read the inputs again from this time: an hour before the first replica fell behind, for"
                    + " example 2026-04-01T00:00:00Z. An earlier time only takes longer.")
    private Optional<Instant> since;

    @Option(
            names = "--from-inputs",
            split = ",",
            paramLabel = "PARTITION",
            description =
                    "Delete all rows of these partitions first, and read the inputs from their earliest offset, if"
                            + " their changelogs hold wrong rows.")
    private Set<Integer> wrong = Set.of();

    @Override
    int run(StandardStreams streams) {
        if (since.isPresent() != wrong.isEmpty()) {
            throw wrongUsage(
                    "Use either --since, or --from-inputs, which reads the inputs from their earliest offset.");
        }
        try (StopSignal stop = StopSignal.install()) {
            StateRecovery.Outcome outcome =
                    StateRecovery.run(config.load().forRun(), since.orElse(Instant.EPOCH), wrong, stop);
            streams.out().println(text(outcome));
            streams.flush(); // before a signal may end the process
        }
        return ExitCode.OK;
    }

    private String text(StateRecovery.Outcome outcome) {
        String done =
                "Recovered: the state is consistent, and %d records were read again. If the processor is not running, start it: bin/keyward run%s"
                        .formatted(outcome.records(), config.typed());
        return done
                + listed(
                        "Decisions are based on %d events that are missing. Send them and run recover again; otherwise the next start decides without them:",
                        outcome.lost())
                + listed(
                        "For %d environments, outputs are published but their events are missing. The outputs stay unchanged until the events are sent again:",
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
