package io.keyward.cli.command;

import io.keyward.app.run.StopSignal;
import io.keyward.cli.records.OutputFollower;
import io.keyward.cli.records.OutputFollower.Followed;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.records.WatchedOutput;
import io.keyward.cli.terminal.OutcomePrinter;
import io.keyward.cluster.ClusterTopics;
import io.keyward.config.KeywardConfig;
import io.keyward.config.RegistryConnection;
import io.keyward.registry.client.SchemaRegistry;
import io.keyward.topology.read.OutputRecord;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `watch`: follows outputs without a consumer group, so nothing on the cluster changes.
@Command(name = "watch", description = "Shows outputs as they are published; Ctrl-C stops it.")
public final class WatchCommand extends ClusterCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "OUTPUT",
            description = "What to watch: ${COMPLETION-CANDIDATES}; default: all of them.")
    private Optional<WatchedOutput> output = Optional.empty();

    @Option(names = "--json", description = "Print one JSON line per record.")
    private boolean json;

    @Option(names = "--from-start", description = "Start with the earliest record, not with the next one.")
    private boolean fromStart;

    @Option(names = "--until-end", description = "Stop at the current end of the outputs.")
    private boolean untilEnd;

    @Option(
            names = "--tenant",
            paramLabel = "ID",
            description = "Only this tenant; of decisions, warnings and suppressions, only its partition is read.")
    private Optional<String> tenant = Optional.empty();

    @Option(names = "--environment", paramLabel = "ID", description = "Only the environment with this id.")
    private Optional<String> environment = Optional.empty();

    @Override
    int run(StandardStreams streams) {
        KeywardConfig config = cluster.load();
        List<TopicPartition> partitions =
                WatchedOutput.partitions(new ClusterTopics(config, cluster.typed()), output, tenant);
        try (StopSignal stop = StopSignal.install();
                SchemaRegistry registry = RegistryConnection.open(config);
                OutputFollower outputs = OutputFollower.open(config, registry, partitions)) {
            stop.exitWith(ExitCode.OK);
            follow(fromStart ? outputs.fromStart() : outputs, streams, stop);
        }
        return ExitCode.OK;
    }

    private void follow(OutputFollower outputs, StandardStreams streams, StopSignal stop) {
        OutputFilter filter = new OutputFilter(tenant, environment);
        OutcomePrinter printer = new OutcomePrinter(streams.out(), streams.outTerminal());
        boolean wanted = true;
        while (wanted && !stop.given().isDone() && !(untilEnd && outputs.hasReachedInitialEnd())) {
            outputs.poll().stream()
                    .filter(each -> each.old() || !untilEnd)
                    .map(Followed::output)
                    .filter(filter::accepts)
                    .forEach(output -> print(output, streams, printer));
            printer.flush();
            wanted = !streams.out().checkError();
        }
    }

    private void print(OutputRecord output, StandardStreams streams, OutcomePrinter printer) {
        if (json) {
            streams.out().println(output.line());
        } else {
            printer.print(output);
        }
    }
}
