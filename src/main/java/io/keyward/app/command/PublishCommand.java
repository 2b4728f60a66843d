package io.keyward.app.command;

import io.keyward.app.cluster.ClusterTopics;
import io.keyward.app.cluster.CommandFailedException;
import io.keyward.app.config.KeywardConfig;
import io.keyward.app.config.RegistryConnection;
import io.keyward.app.records.EventCheck;
import io.keyward.app.records.EventProducer;
import io.keyward.app.records.EventRules;
import io.keyward.app.records.EventSender;
import io.keyward.app.records.LineFiles;
import io.keyward.app.records.RefusedLines;
import io.keyward.app.records.SpooledInput;
import io.keyward.app.records.StandardStreams;
import io.keyward.app.run.StopSignal;
import io.keyward.app.terminal.Progress;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.Topic;
import io.keyward.topology.contract.TopicNames;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `publish`: checks every line of every file, and then sends them all to the input topics.
@Command(
        name = "publish",
        description = {
            "Sends the events of JSON-lines files to the input topics.",
            "Every line is checked first, as the processor would judge it if it were sent now; if one is refused, such"
                    + " lines are reported and nothing is sent."
        })
public final class PublishCommand implements Callable<Integer> {
    private final Supplier<StandardStreams> process;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of event lines; - is standard input.")
    private List<String> files;

    @Option(names = "--skip-invalid", description = "Send the other lines when some are refused.")
    private boolean skipInvalid;

    PublishCommand() {
        this(StandardStreams::ofProcess);
    }

    public PublishCommand(Supplier<StandardStreams> process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        StandardStreams streams = process.get();
        try (SpooledInput input = new SpooledInput(streams.in())) {
            LineFiles<EventLine> events = new LineFiles<>(files, input, EventLine::parse);
            if (events.reportProblems(streams.err())) {
                return ExitCode.USAGE;
            }
            KeywardConfig config = cluster.load();
            EventRules known = EventRules.from(config, Instant.now());
            EventCheck check = check(events, known, streams);
            if (!wanted(check, streams)) {
                return ExitCode.SOFTWARE;
            }
            EventRules rules = known.limitedTo(limits(check, config));
            if (rules.dependOnTopics()) {
                check = check(events, rules, streams);
                if (!wanted(check, streams)) {
                    return ExitCode.SOFTWARE;
                }
            }
            return send(events, new Checked(rules, check), config, streams) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private record Checked(EventRules rules, EventCheck lines) {}

    private static EventCheck check(LineFiles<EventLine> events, EventRules rules, StandardStreams streams) {
        RefusedLines complaints = new RefusedLines(streams.err());
        EventCheck check = new EventCheck(rules, complaints::add);
        events.read(check);
        complaints.printRest();
        return check;
    }

    private boolean wanted(EventCheck check, StandardStreams streams) {
        boolean wanted = check.refusedLines() == 0 || skipInvalid;
        if (!wanted) {
            streams.err()
                    .println(
                            "keyward: nothing was sent; lines refused: %d of %d; fix them, or send the rest with --skip-invalid"
                                    .formatted(check.refusedLines(), check.refusedLines() + check.acceptedLines()));
        }
        return wanted;
    }

    /// The largest record of each topic, where the cluster tells. Fails if a topic does not exist.
    private Map<Topic, Integer> limits(EventCheck check, KeywardConfig config) {
        TopicNames names = config.topics().names();
        ClusterTopics topics = new ClusterTopics(config, cluster.typed());
        List<String> wanted = check.topics().stream().map(names::name).toList();
        topics.partitions(wanted, AclOperation.WRITE);
        return topics.largestRecords(wanted).entrySet().stream()
                .collect(Collectors.toMap(limit -> names.topic(limit.getKey()).orElseThrow(), Map.Entry::getValue));
    }

    /// Sends the accepted events; false if the process is told to stop before all are sent.
    private static boolean send(
            LineFiles<EventLine> events, Checked checked, KeywardConfig config, StandardStreams streams) {
        long total = checked.lines().acceptedLines();
        Progress progress =
                new Progress(streams.err(), streams.errTerminal(), InstantSource.system(), "events sent", total);
        try (StopSignal stop = StopSignal.install();
                SchemaRegistry registry = RegistryConnection.open(config);
                EventProducer producer = EventProducer.connect(config, registry)) {
            EventSender sender = new EventSender(producer, checked.rules(), progress);
            try {
                events.read(sender, stop.given()::isDone);
                producer.flush();
            } catch (CommandFailedException failed) {
                throw new CommandFailedException(
                        "%s. At least %d of %d events have arrived; sending them again does no harm."
                                .formatted(failed.getMessage(), producer.arrived(), total),
                        failed);
            } finally {
                progress.end();
            }
            report(sender, checked.lines(), config, streams);
            return sender.sent() >= total;
        }
    }

    private static void report(EventSender sender, EventCheck check, KeywardConfig config, StandardStreams streams) {
        if (sender.sent() < check.acceptedLines()) {
            streams.err()
                    .printf(
                            "keyward: stopped: %d of %d events were sent%s; sending them again does no harm%n",
                            sender.sent(),
                            check.acceptedLines(),
                            sender.last()
                                    .map(line -> ", the last one is " + line.place())
                                    .orElse(""));
            return;
        }
        streams.out()
                .printf(
                        "Sent %s to %s%s.%n",
                        sender.sent() == 1 ? "1 event" : sender.sent() + " events",
                        config.kafka().values().get(KeywardConfig.BOOTSTRAP_SERVERS),
                        check.refusedLines() == 0 ? "" : "; lines skipped: " + check.refusedLines());
        streams.flush();
    }
}
