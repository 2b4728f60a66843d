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

/// The command `recover`: makes the state of an application consistent that was restored on another cluster.
@Command(
        name = "recover",
        description = {
            "Makes the state of the stopped processor consistent after its topics were restored from copies, and reads"
                    + " its inputs again. Publishes nothing: the next run publishes what is missing.",
            "With --from-inputs, nothing that is stored of a partition is believed: it is decided from the inputs alone."
                    + " Parked partitions can be decided while the processor runs.",
            "It can be killed and run again at any moment. docs/recovery.md has all steps."
        })
public final class RecoverCommand extends StreamsCommand {
    private static final int NAMED = 20;

    @Mixin
    private ConfigOption config;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Read the inputs again from this time on: an hour before the first copy fell behind, for"
                    + " example 2026-04-01T00:00:00Z. An earlier time only takes longer.")
    private Optional<Instant> since;

    @Option(
            names = "--from-inputs",
            split = ",",
            paramLabel = "PARTITION",
            description = "Delete all rows of these partitions first, and read the inputs from their beginning: their"
                    + " changelogs hold wrong rows.")
    private Set<Integer> wrong = Set.of();

    @Override
    int run(StandardStreams streams) {
        if (since.isPresent() != wrong.isEmpty()) {
            throw wrongUsage("Give either --since, or --from-inputs, which reads the inputs from their beginning.");
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
                "Recovered: the state is consistent, and %d records were read again. Start the processor unless it runs: bin/keyward run%s"
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
