package io.keyward.cli.command;

import io.keyward.client.Topic;
import io.keyward.cluster.Generations;
import io.keyward.cluster.TopicAdmin;
import io.keyward.cluster.TopicOutcome;
import io.keyward.cluster.TopicRow;
import io.keyward.topology.contract.TopicContract;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `topics`: creates, checks or describes the topics on the cluster.
@Command(name = "topics", description = "Creates, checks or describes every topic of the product.")
public final class TopicsCommand extends CommandGroup {
    @Command(description = "Creates missing topics; does not change existing ones.")
    int create(@Mixin ClusterOptions cluster) {
        try (TopicAdmin topics = new TopicAdmin(cluster.load())) {
            List<TopicOutcome> outcomes = topics.create();
            outcomes.forEach(outcome ->
                    out().printf("%-9s %s%n", outcome.result().name().toLowerCase(Locale.ROOT), outcome.topic()));
            return report(outcomes.stream()
                    .flatMap(outcome -> outcome.differences().stream())
                    .toList());
        }
    }

    @Command(
            description =
                    "Compares every topic with its contract; exits with 1 if any differs. Warns if events are deleted early.")
    int check(@Mixin ClusterOptions cluster) {
        try (TopicAdmin topics = new TopicAdmin(Generations.ifVisible(cluster.load()))) {
            TopicAdmin.TopicCheck check = topics.check();
            if (check.passed()) {
                out().printf(
                                "All %d topics match their contracts; the inputs have %d partitions.%n",
                                Topic.values().length, check.inputPartitions().orElseThrow());
            }
            report(check.warnings());
            return report(check.findings());
        }
    }

    @Command(description = "Prints every topic: its contract, and its state on the cluster.")
    void describe(@Mixin ClusterOptions cluster) {
        try (TopicAdmin topics = new TopicAdmin(cluster.load())) {
            topics.describe().forEach(this::print);
        }
    }

    private void print(TopicRow row) {
        TopicContract contract = row.contract();
        out().println(row.name());
        out().println("  " + contract.description());
        out().printf(
                        "  %s, key %s, value %s%n",
                        contract.topic().direction().name().toLowerCase(Locale.ROOT),
                        contract.key(),
                        contract.topic().valueSchema().orElse("as received"));
        out().println(row.state()
                .map(state -> "  %d partitions, replication %d, %s"
                        .formatted(
                                state.partitions(),
                                state.replication(),
                                new TreeMap<>(contract.config())
                                        .keySet().stream()
                                                .map(name -> name + "="
                                                        + state.config().getOrDefault(name, ""))
                                                .collect(Collectors.joining(", "))))
                .orElse("  does not exist"));
    }
}
