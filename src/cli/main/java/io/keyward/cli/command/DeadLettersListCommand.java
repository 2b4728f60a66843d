package io.keyward.cli.command;

import io.keyward.cli.deadletters.DeadLetterCounts;
import io.keyward.cli.deadletters.DeadLetterLog;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cluster.ClusterTopics;
import io.keyward.config.RegistryConnection;
import io.keyward.registry.client.SchemaRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `dead-letters list`: counts dead letters.
@Command(
        name = "list",
        description = "Counts the records that were refused, by the producer that the event names, topic and reason.")
final class DeadLettersListCommand extends ClusterCommand {
    @Mixin
    private DeadLetterFilter filter;

    @Option(names = "--json", description = "Print one JSON line for each count.")
    private boolean json;

    @Override
    int run(StandardStreams streams) {
        ClusterTopics topics = cluster.topics();
        DeadLetterCounts counts = new DeadLetterCounts();
        try (SchemaRegistry registry = RegistryConnection.open(topics.config());
                DeadLetterLog deadLetters = DeadLetterLog.open(topics, registry)) {
            deadLetters.read(deadLetter -> {
                if (filter.accepts(deadLetter)) {
                    counts.add(deadLetter.refused());
                }
            });
        }
        if (json) {
            counts.lines().forEach(streams.out()::println);
        } else if (counts.lines().isEmpty()) {
            streams.print("No dead letters match.%n");
        } else {
            streams.report().table(counts.table());
        }
        streams.flush();
        return ExitCode.OK;
    }
}
