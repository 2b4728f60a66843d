package io.keyward.cli.command;

import io.keyward.cli.deadletters.DeadLetterLog;
import io.keyward.cli.deadletters.EditedLine;
import io.keyward.cli.deadletters.EditedLines;
import io.keyward.cli.deadletters.Resending;
import io.keyward.cli.deadletters.UnchangedRepair;
import io.keyward.cli.records.EventCheck;
import io.keyward.cli.records.EventRules;
import io.keyward.cli.records.LineFiles;
import io.keyward.cli.records.RefusedLines;
import io.keyward.cli.records.SpooledInput;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.Format;
import io.keyward.cli.terminal.ProgressBar;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterTopics;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RegistryConnection;
import io.keyward.registry.AvroSerializer;
import io.keyward.registry.client.SchemaRegistry;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `dead-letters resend`: resends refused records to their input topics.
@Command(
        name = "resend",
        description = {
            "Resends refused records to their topics: as edited lines of `dead-letters show --json`, or as they were.",
            "Every line is checked first; if any is refused, the refused lines are reported and nothing is sent. A record"
                    + " that was resent before is not sent again. Without --yes it only prints what it would send."
        })
final class DeadLettersResendCommand extends ClusterCommand {
    @Mixin
    private DeadLetterFilter filter;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "Files of edited lines; - is standard input. The field place of a line names the dead letter.")
    private List<String> files = List.of();

    @Option(
            names = "--as-they-were",
            description = "Send the selected records byte for byte, after the cause of their refusal was fixed.")
    private boolean asTheyWere;

    @Option(names = "--yes", description = "Send them.")
    private boolean yes;

    @Override
    int run(StandardStreams streams) {
        if (asTheyWere == !files.isEmpty() || (!files.isEmpty() && !filter.isEmpty())) {
            throw wrongUsage("Name files of edited lines, or use --as-they-were with options that select records.");
        }
        try (SpooledInput input = new SpooledInput(streams.in())) {
            LineFiles<EditedLine> lines = new LineFiles<>(files, input, EditedLine::parse);
            if (lines.reportProblems(streams.err())) {
                return ExitCode.USAGE;
            }
            return resend(lines, cluster.topics(), streams) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private boolean resend(LineFiles<EditedLine> lines, ClusterTopics topics, StandardStreams streams) {
        KeywardConfig config = topics.config();
        TopicNames names = config.topics().names();
        RefusedLines refused = new RefusedLines(streams.err());
        try (SchemaRegistry registry = RegistryConnection.open(config);
                DeadLetterLog deadLetters = DeadLetterLog.open(topics, registry)) {
            EditedLines edited = new EditedLines(
                    names,
                    new AvroSerializer(registry, config.registrySettings().serializer()));
            check(lines, edited, EventRules.from(config, Instant.now()), refused);
            Resending resending = new Resending(
                    topics, deadLetters, asTheyWere ? new UnchangedRepair(filter::accepts, names) : edited);
            if (refused.count() == 0) {
                try (ProgressBar progress = streams.progress("records of input topics read", ProgressBar.UNKNOWN)) {
                    resending.prepare(progress::done);
                }
                edited.missing(
                        line -> refused.add(line, "place: no dead letter exists there; retention may have deleted it"));
            }
            if (refused.count() > 0) {
                refused.printRest();
                streams.tell(
                        "keyward: nothing was sent; lines refused: %d; fix them and run the command again%n",
                        refused.count());
                return false;
            }
            report(resending, streams);
            return true;
        }
    }

    private static void check(LineFiles<EditedLine> lines, EditedLines edited, EventRules rules, RefusedLines refused) {
        EventCheck check = new EventCheck(rules, refused::add);
        lines.read(
                (source, line) -> {
                    if (check.accepts(source, line.event()) && !edited.add(source, line)) {
                        refused.add(source, "place: another line names the same dead letter");
                    }
                },
                refused::add);
    }

    private void report(Resending resending, StandardStreams streams) {
        Resending.Plan plan = resending.plan();
        Resending.Plan done = yes && plan.records() > 0 ? resending.send(plan) : plan;
        streams.print("%s %s.%n", yes ? "Sent" : "Would send", Format.count(done.records(), "record"));
        done.sent().forEach((topic, count) -> streams.print("  %d to %s%n", count, topic));
        done.left().forEach((why, count) -> streams.print("Not sent: %d %s.%n", count, why));
        if (!yes && done.records() > 0) {
            streams.print("Use --yes to send.%n");
        }
        streams.flush();
    }
}
