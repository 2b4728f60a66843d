package io.keyward.app;

import io.keyward.app.console.Progress;
import io.keyward.registry.SchemaRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
            "Every line is checked first; if one is no event, all such lines are reported and nothing is sent."
        })
final class PublishCommand implements Callable<Integer> {
    private final Supplier<StandardStreams> process;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of event lines; - is standard input.")
    private List<String> files;

    @Option(names = "--skip-invalid", description = "Send the other lines when some are no events.")
    private boolean skipInvalid;

    PublishCommand() {
        this(StandardStreams::ofProcess);
    }

    PublishCommand(Supplier<StandardStreams> process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        StandardStreams streams = process.get();
        try (SpooledInput input = new SpooledInput(streams.in())) {
            EventFiles events = new EventFiles(files, input);
            if (events.complain(streams.err())) {
                return ExitCode.USAGE;
            }
            KeywardConfig config = cluster.load();
            EventCheck check = new EventCheck((line, reason) -> streams.err().println(line.place() + ": " + reason));
            events.read(check);
            if (check.bad() > 0 && !skipInvalid) {
                streams.err()
                        .println(
                                "keyward: nothing was sent, because %d of %d lines are no events; mend them, or send the rest with --skip-invalid"
                                        .formatted(check.bad(), check.bad() + check.good()));
                return ExitCode.SOFTWARE;
            }
            send(events, check, config, streams);
            return ExitCode.OK;
        }
    }

    private void send(EventFiles events, EventCheck check, KeywardConfig config, StandardStreams streams) {
        new ClusterTopics(config, cluster.typed())
                .partitions(
                        check.topics().stream()
                                .map(config.topics().names()::name)
                                .toList(),
                        AclOperation.WRITE);
        Progress progress =
                new Progress(streams.err(), streams.errTerminal(), InstantSource.system(), "events sent", check.good());
        try (SchemaRegistry registry = RegistryConnection.open(config);
                EventProducer producer = EventProducer.connect(config, registry)) {
            EventSender sender = new EventSender(producer, progress);
            try {
                events.read(sender);
                producer.flush();
            } finally {
                progress.end();
            }
            streams.out()
                    .printf(
                            "Sent %s to %s%s.%n",
                            sender.sent() == 1 ? "1 event" : sender.sent() + " events",
                            config.kafka().values().get(KeywardConfig.BOOTSTRAP_SERVERS),
                            check.bad() == 0 ? "" : "; lines skipped: " + check.bad());
            streams.flush();
        }
    }
}
