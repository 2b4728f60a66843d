package io.keyward.cli.command;

import io.keyward.app.run.StopSignal;
import io.keyward.cli.records.EventCheck;
import io.keyward.cli.records.EventProducer;
import io.keyward.cli.records.EventRules;
import io.keyward.cli.records.LineFiles;
import io.keyward.cli.records.RefusedLines;
import io.keyward.cli.records.SpooledInput;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.Format;
import io.keyward.cli.terminal.ProgressBar;
import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.cluster.ClusterTopics;
import io.keyward.cluster.CommandFailedException;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RegistryConnection;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.contract.EventLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `publish`: checks every line of every file, then sends them all to the input topics.
@Command(
        name = "publish",
        description = {
            "Sends the events of JSON-lines files to the input topics.",
            "Every line is checked first, as the processor would check it now; if any is refused, the refused lines"
                    + " are reported and nothing is sent."
        })
public final class PublishCommand extends ClusterCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of event lines; - is standard input.")
    private List<String> files;

    @Option(names = "--skip-invalid", description = "Skip refused lines and send the others.")
    private boolean skipInvalid;

    @Override
    int run(StandardStreams streams) {
        try (SpooledInput input = new SpooledInput(streams.in())) {
            LineFiles<EventLine> events = new LineFiles<>(files, input, EventLine::parse);
            if (events.reportProblems(streams.err())) {
                return ExitCode.USAGE;
            }
            KeywardConfig config = cluster.load();
            Optional<Checked> checked = check(events, EventRules.from(config, Instant.now()), streams)
                    .flatMap(found -> withLimits(found, events, config, streams));
            return checked.isPresent() && send(events, checked.get(), config, streams)
                    ? ExitCode.OK
                    : ExitCode.SOFTWARE;
        }
    }

    /// The result of the check of all lines.
    private record Checked(EventRules rules, EventCheck lines, long refused) {}

    /// Checks all lines. Empty if some are refused and `--skip-invalid` is not given, so nothing is sent.
    private Optional<Checked> check(LineFiles<EventLine> events, EventRules rules, StandardStreams streams) {
        RefusedLines refused = new RefusedLines(streams.err());
        EventCheck check = new EventCheck(rules, refused::add);
        events.read(check::accepts, refused::add);
        refused.printRest();
        if (refused.count() > 0 && !skipInvalid) {
            streams.tell(
                    "keyward: nothing was sent; lines refused: %d of %d; fix them, or send the rest with --skip-invalid%n",
                    refused.count(), refused.count() + check.acceptedLines());
            return Optional.empty();
        }
        return Optional.of(new Checked(rules, check, refused.count()));
    }

    /// Checks again if the topics have stricter limits.
    private Optional<Checked> withLimits(
            Checked checked, LineFiles<EventLine> events, KeywardConfig config, StandardStreams streams) {
        EventRules stricter = checked.rules().limitedTo(limits(checked.lines(), config));
        return stricter.largestOfTopic().isEmpty() ? Optional.of(checked) : check(events, stricter, streams);
    }

    /// Returns the maximum record size of each topic, if the cluster reports it. Fails if a topic does not exist.
    private Map<Topic, Integer> limits(EventCheck check, KeywardConfig config) {
        TopicNames names = config.topics().names();
        ClusterTopics topics = new ClusterTopics(config, cluster.typed());
        List<String> wanted = names.names(check.topics());
        topics.partitions(wanted, AclOperation.WRITE);
        return topics.largestRecords(wanted).entrySet().stream()
                .collect(Collectors.toMap(limit -> names.topic(limit.getKey()).orElseThrow(), Map.Entry::getValue));
    }

    /// Sends the accepted events; returns false if the process is stopped before all are sent.
    private static boolean send(
            LineFiles<EventLine> events, Checked checked, KeywardConfig config, StandardStreams streams) {
        long total = checked.lines().acceptedLines();
        try (StopSignal stop = StopSignal.install();
                SchemaRegistry registry = RegistryConnection.open(config);
                EventProducer producer = EventProducer.connect(config, registry)) {
            EventCheck sent = new EventCheck(checked.rules(), (_, _) -> {});
            try (ProgressBar progress = streams.progress("events sent", total)) {
                events.read(
                        (line, event) -> {
                            if (sent.accepts(line, event)) {
                                producer.send(event, line.location());
                                progress.done(sent.acceptedLines());
                            }
                        },
                        (_, _) -> {},
                        stop.given()::isDone);
                producer.flush();
            } catch (CommandFailedException failed) {
                throw new CommandFailedException(
                        "%s. At least %d of %d events were acknowledged; sending them again does no harm."
                                .formatted(failed.getMessage(), producer.arrived(), total),
                        failed);
            }
            report(sent, checked, config, streams);
            return sent.acceptedLines() >= total;
        }
    }

    private static void report(EventCheck sent, Checked checked, KeywardConfig config, StandardStreams streams) {
        if (sent.acceptedLines() < checked.lines().acceptedLines()) {
            streams.tell(
                    "keyward: stopped: %d of %d events were sent%s; sending them again does no harm%n",
                    sent.acceptedLines(),
                    checked.lines().acceptedLines(),
                    sent.lastAccepted()
                            .map(line -> ", the last one was " + line.location())
                            .orElse(""));
            return;
        }
        streams.print(
                "Sent %s to %s%s.%n",
                Format.count(sent.acceptedLines(), "event"),
                config.kafka().values().get(KeywardConfig.BOOTSTRAP_SERVERS),
                checked.refused() == 0 ? "" : "; lines skipped: " + checked.refused());
        streams.flush();
    }
}
