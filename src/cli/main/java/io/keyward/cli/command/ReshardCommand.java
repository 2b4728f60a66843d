package io.keyward.cli.command;

import io.keyward.app.start.AccessCheck;
import io.keyward.cli.records.StandardStreams;
import io.keyward.cli.terminal.ProgressBar;
import io.keyward.cluster.Generations;
import io.keyward.config.Generation;
import io.keyward.config.KeywardConfig;
import io.keyward.config.TopicSettings;
import io.keyward.proof.reshard.Move;
import io.keyward.proof.reshard.MovePlan;
import io.keyward.proof.reshard.MoveProgress;
import io.keyward.proof.reshard.Reshard;
import io.keyward.proof.reshard.Step;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `reshard`: moves a stopped application to more partitions.
@Command(
        name = "reshard",
        description = {
            "Moves a stopped application to more partitions: with its facts, decisions, revisions and read positions.",
            "See docs/operations.md for the procedure. If a command is killed, run it again."
        })
public final class ReshardCommand extends CommandGroup {
    /// The members of a stopped application leave its group when their sessions end.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Mixin
    private ProcessStreams process;

    /// The option with the new count.
    static final class PartitionsOption {
        @Option(
                names = "--partitions",
                paramLabel = "N",
                required = true,
                description = "The new partition count of the inputs; more than now.")
        private int count;
    }

    @Command(
            description =
                    "Checks whether the application can be moved, and prints what would be done. Changes nothing.")
    void plan(@Mixin ClusterOptions cluster, @Mixin PartitionsOption partitions) {
        Shown shown = new Shown(process.open());
        try (Reshard reshard = new Reshard(allowed(cluster, partitions), shown, InstantSource.system())) {
            MovePlan plan = reshard.plan();
            shown.end();
            print(plan);
            out().printf(
                            "Nothing was changed. To move the application, run:%n  bin/keyward reshard run --partitions %d%s%n",
                            partitions.count, cluster.typed());
        }
    }

    @Command(description = "Moves the application, or finishes an interrupted move.")
    void run(@Mixin ClusterOptions cluster, @Mixin PartitionsOption partitions) {
        Shown shown = new Shown(process.open());
        Move move = allowed(cluster, partitions);
        try (Reshard reshard = new Reshard(move, shown, InstantSource.system())) {
            if (reshard.isDone()) {
                out().printf("The application already has %d partitions.%n", partitions.count);
            } else {
                MovePlan plan = reshard.run();
                shown.end();
                print(plan);
                out().printf(
                                "Done: the application id on the cluster is now %s.%n",
                                Generation.applicationId(
                                        move.applicationId(), plan.generation().number()));
            }
            out().printf(
                            "What to do now:%n  1. Set %s = %d in every configuration.%n  2. Start the instances. Each one restores its state into an empty folder.%n  3. bin/keyward verify state%s%n  4. bin/keyward reshard clean%s, which deletes the old state%n",
                            TopicSettings.PARTITIONS.key(), partitions.count, cluster.typed(), cluster.typed());
        }
    }

    @Command(description = "Deletes the changelogs and groups that earlier generations left.")
    void clean(
            @Mixin ClusterOptions cluster,
            @Option(names = "--yes", description = "Delete. Without it, the command only prints what it would delete.")
                    boolean agreed) {
        KeywardConfig config = cluster.load();
        try (Reshard reshard = new Reshard(move(config, 1), MoveProgress.NONE, InstantSource.system())) {
            List<String> topics = reshard.leftTopics();
            topics.forEach(out()::println);
            if (agreed) {
                requireToDelete(config, topics, reshard.leftGroups());
                reshard.clean();
                out().printf(
                                "Topics deleted: %d; the groups of earlier generations were deleted too.%n",
                                topics.size());
            } else {
                out().printf(
                                "Topics to delete: %d. They hold the state from before the move, which cannot be restored without them. Delete them with --yes.%n",
                                topics.size());
            }
        }
    }

    private static void requireToDelete(KeywardConfig config, List<String> topics, List<String> groups) {
        try (AccessCheck access = AccessCheck.connect(Generations.complete(config))) {
            access.requireToDelete(topics, groups);
        }
    }

    /// Prepares a move after checking the permissions of the user, as far as Kafka reports them.
    private static Move allowed(ClusterOptions cluster, PartitionsOption partitions) {
        KeywardConfig config = cluster.load();
        try (AccessCheck access = AccessCheck.connect(Generations.complete(config))) {
            access.requireToMove();
        }
        return move(config, partitions.count);
    }

    private static Move move(KeywardConfig config, int partitions) {
        return new Move(
                Map.copyOf(config.kafka().values()),
                config.applicationId(),
                config.topics().names(),
                partitions,
                PATIENCE);
    }

    private void print(MovePlan plan) {
        PrintWriter out = out();
        Generation next = plan.generation();
        if (plan.circumstances().resumes()) {
            out.printf("This continues the move that started at %s.%n", next.startedAt());
        }
        out.printf("From %d to %d partitions, as generation %d.%n", next.from(), next.partitions(), next.number());
        out.println("  topics that are extended: "
                + String.join(", ", plan.circumstances().shared().keySet()));
        out.println("  rows that move: "
                + plan.rows().entrySet().stream()
                        .map(store -> "%s %d".formatted(store.getKey(), store.getValue()))
                        .collect(Collectors.joining(", ")));
        out.printf("  tenants: %d; on another partition afterwards: %d%n", plan.tenants(), plan.movedTenants());
        out.println("  outputs: partitions and records stay unchanged");
        if (plan.circumstances().running()) {
            out.println("  The application is running. Stop every instance before the move.");
        }
        if (plan.decidesAnew()) {
            out.println(
                    "  first start: decides every environment again, because not all partitions were decided by the same rules; it publishes only what differs");
        }
    }

    /// Shows the progress of the move on standard error.
    private record Shown(StandardStreams streams, ProgressBar bar) implements MoveProgress {
        Shown(StandardStreams streams) {
            this(streams, streams.progress("rows read", ProgressBar.UNKNOWN));
        }

        @Override
        public void finished(Step step) {
            bar.close();
            String done = switch (step) {
                case MARKED -> "The application is marked as moving.";
                case GROWN -> "The inputs have their new partitions.";
                case CREATED -> "The new changelogs exist.";
                case COPIED -> "All rows are in the new changelogs.";
                case DONE -> "The new generation has its offsets and is marked as done.";
            };
            streams.err().println(done);
        }

        @Override
        public void waiting(String until, Duration atMost) {
            bar.close();
            streams.tell("Waiting until %s, at most %d s.%n", until, atMost.toSeconds());
        }

        @Override
        public void rows(long count) {
            bar.done(count);
        }

        void end() {
            bar.close();
        }
    }
}
