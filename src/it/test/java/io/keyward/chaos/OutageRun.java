package io.keyward.chaos;

import io.keyward.chaos.LongOutage.Moment;
import io.keyward.chaos.LongOutage.Rebalance;
import io.keyward.chaos.LongOutage.Traffic;
import io.keyward.chaos.cluster.ChaosCluster;
import io.keyward.chaos.cluster.ExperimentTopics;
import io.keyward.chaos.cluster.OutputTopics;
import io.keyward.chaos.cluster.Outputs;
import io.keyward.chaos.guarantee.Guarantee;
import io.keyward.chaos.guarantee.Violation;
import io.keyward.chaos.load.EventEncoder;
import io.keyward.chaos.load.Load;
import io.keyward.chaos.load.ProgressEvents;
import io.keyward.chaos.load.ProgressFollower;
import io.keyward.domain.ReferenceTenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One fleet of two instances with topics, a group and state of its own, which meets a long outage. For one thread.
final class OutageRun implements AutoCloseable {
    private static final int PARTITIONS = 2;
    private static final int PACE = 20;

    /// Enough to show that all goes on while others are waited for.
    private static final int SLOW = 1;

    /// How long a restoration may take to begin after an outage before another thing happens.
    private static final Duration PROMPT = Duration.ofSeconds(10);

    private static final String FIRST = "first";
    private static final String SECOND = "second";

    private final Plan plan;
    private final ChaosCluster cluster;
    private final ExperimentTopics topics;
    private final ProgressEvents progress;
    private final ProgressFollower follower;
    private final Load load;
    private final LocalFleet fleet;
    private final Random random;
    private Duration recovery = Duration.ZERO;
    private Optional<Result> result = Optional.empty();

    /// What is tried.
    ///
    /// @param name of the group, and of the topics
    /// @param more settings beside those of the variant
    record Plan(
            String name,
            LocalInstance.Kind kind,
            StreamsVariant variant,
            Moment moment,
            Traffic traffic,
            Rebalance rebalance,
            Map<String, String> more,
            long seed) {
        @Override
        public String toString() {
            return "%s: %s; %s; %s; %s; %s; seed %d".formatted(name, kind, variant, moment, traffic, rebalance, seed);
        }
    }

    /// @param violations of the guarantees, each with its name; also that it did not finish
    /// @param recovery from the end of the outage until every partition showed a decision on a new input
    /// @param ends why instances have ended by themselves
    /// @param refusals how often the state of a task was not whole, and was not worked on
    record Result(
            Plan plan,
            List<String> violations,
            int inputs,
            int decisions,
            Duration recovery,
            List<String> ends,
            int refusals) {
        private static final int EXAMPLES = 5;

        @Override
        public String toString() {
            return "%d wrong, %d ends, %d refusals, %d inputs, %d decisions, %d s: %s%s"
                    .formatted(
                            violations.size(),
                            ends.size(),
                            refusals,
                            inputs,
                            decisions,
                            recovery.toSeconds(),
                            plan,
                            Stream.concat(violations.stream(), ends.stream())
                                    .limit(EXAMPLES)
                                    .map("%n      %s"::formatted)
                                    .collect(Collectors.joining()));
        }
    }

    OutageRun(Plan plan, ChaosCluster cluster) {
        this.plan = plan;
        this.cluster = cluster;
        random = new Random(plan.seed());
        Map<String, String> settings = settings();
        topics = ExperimentSetup.createTopics(settings, cluster);
        EventEncoder encoder = new EventEncoder(topics);
        progress = new ProgressEvents(encoder, PARTITIONS);
        load = new Load(
                topics,
                ExperimentSetup.sources(progress, PARTITIONS, encoder, Guarantee.all(), random),
                new Random(random.nextLong()));
        follower = new ProgressFollower(topics);
        fleet = new LocalFleet(plan.kind(), cluster.folder().resolve(plan.name()), settings);
    }

    /// One record a poll is restored, so that a restoration takes a while.
    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(plan.variant().settings());
        settings.put("keyward.kafka.bootstrap.servers", cluster.brokers().addresses());
        settings.put("keyward.registry.url", cluster.registry().url());
        settings.put("keyward.application.id", plan.name());
        settings.put("keyward.topics.prefix", plan.name() + ".");
        settings.put("keyward.topics.partitions", Integer.toString(PARTITIONS));
        settings.put(
                "keyward.topics.replication", Integer.toString(cluster.brokers().count()));
        settings.put("keyward.state.memory", "16 MiB");
        settings.put("keyward.streams.restore.consumer.max.poll.records", "1");
        settings.putAll(plan.traffic().settings());
        settings.putAll(plan.more());
        return settings;
    }

    /// Takes a step, unless one before it has failed.
    void step(Consumer<OutageRun> step) {
        if (result.isEmpty()) {
            try {
                step.accept(this);
            } catch (RuntimeException | Error failure) {
                result = Optional.of(result(unfinished(failure), 0));
            }
        }
    }

    /// What is there too often says whether something wrong was decided.
    private List<String> unfinished(Throwable failure) {
        List<String> violations = new ArrayList<>(List.of("not finished: " + failure));
        Outputs outputs = new OutputTopics(topics).read();
        Guarantee.all()
                .forEach(guarantee -> add(
                        violations,
                        guarantee.name(),
                        guarantee.check(load.history(), outputs).stream()
                                .filter(violation -> violation.kind() == Violation.Kind.DOUBLED)
                                .toList()));
        return violations;
    }

    /// Of the last step, or of that which failed.
    Result result() {
        return result.orElseThrow();
    }

    private boolean isClean() {
        return result.filter(known -> known.violations().isEmpty()).isPresent();
    }

    /// Starts both instances, and returns when they have state and much to do.
    void begin() {
        fleet.start(FIRST, cluster.brokers().addresses());
        fleet.start(SECOND, cluster.brokers().proxiedAddresses());
        load.send(progress.policies());
        awaitBeyond(new int[] {-1, -1});
        load.pace(PACE);
        load.start();
        load.burst(random);
        awaitProgress();
        load.pace(0);
    }

    /// Lets an instance restore its stores, if the outage begins after that.
    void restore() {
        load.pace(PACE);
        if (plan.moment() == Moment.AFTER_RESTORATION) {
            restartFromNothing();
            awaitRestoration();
            fleet.await("its restoration is over", () -> !fleet.isRestoring());
            awaitProgress();
        }
    }

    /// Lets an instance begin to restore its stores, if the outage begins in the middle of that.
    void beginToRestore() {
        if (plan.moment() == Moment.IN_RESTORATION) {
            restartFromNothing();
            awaitRestoration();
        }
    }

    /// Gives much to do, or lets all go on for a while.
    void hurry() {
        switch (plan.traffic()) {
            case BURST -> load.burst(random);
            case STEADY -> awaitProgress();
        }
    }

    /// The outage has begun: nobody can send anything, or all but one instance goes on.
    void endure(LongOutage outage) {
        load.pace(outage.kind() == LongOutage.Kind.CUT ? SLOW : 0);
    }

    private void restartFromNothing() {
        fleet.stop(SECOND);
        fleet.deleteState(SECOND);
        fleet.start(SECOND, cluster.brokers().proxiedAddresses());
    }

    /// The outage is over.
    void recover() {
        long over = System.nanoTime();
        if (plan.rebalance() != Rebalance.NONE) {
            awaitRestoration();
        }
        switch (plan.rebalance()) {
            case NONE -> {}
            case JOIN -> fleet.start("third", cluster.brokers().addresses());
            case RESTART -> {
                fleet.stop(FIRST);
                fleet.start(FIRST, cluster.brokers().addresses());
            }
            case RESTART_FROM_NOTHING -> restartFromNothing();
        }
        load.pace(PACE);
        awaitProgress();
        recovery = Duration.ofNanos(System.nanoTime() - over);
        load.pace(SLOW);
    }

    /// Lets all be decided, and checks every guarantee.
    void check() {
        List<String> violations = new ArrayList<>();
        add(violations, "state verified, running", ExperimentSetup.stateViolations(topics, plan.name()));
        load.stop();
        List<ReferenceTenant> right = load.history().model().tenants();
        fleet.await("all deadlines that have passed are stated", () -> ExperimentSetup.areReached(topics, right));
        fleet.await(
                "all of the load is decided and committed",
                () -> cluster.view().hasCommittedAll(plan.name(), topics.inputs())
                        && cluster.view().isSettled(topics.all()));
        fleet.stop();
        Outputs outputs = new OutputTopics(topics).read();
        Guarantee.all()
                .forEach(guarantee -> add(violations, guarantee.name(), guarantee.check(load.history(), outputs)));
        add(violations, "state verified", ExperimentSetup.stateViolations(topics, plan.name()));
        result = Optional.of(result(violations, outputs.decisions().size()));
    }

    private Result result(List<String> violations, int decisions) {
        return new Result(
                plan, violations, load.history().sent().size(), decisions, recovery, fleet.ends(), fleet.refusals());
    }

    private static void add(List<String> all, String guarantee, List<Violation> found) {
        found.forEach(violation -> all.add(guarantee + ": " + violation));
    }

    private void awaitRestoration() {
        long end = System.nanoTime() + PROMPT.toNanos();
        fleet.await("a restoration has begun", () -> fleet.isRestoring() || System.nanoTime() > end);
    }

    private void awaitProgress() {
        awaitBeyond(IntStream.range(0, PARTITIONS).map(progress::lastOn).toArray());
    }

    private void awaitBeyond(int[] marks) {
        fleet.await(
                "every partition shows a new decision",
                () -> IntStream.range(0, PARTITIONS)
                        .allMatch(partition -> follower.lastOn(partition) > marks[partition]));
    }

    @Override
    public void close() {
        fleet.close();
        load.close();
        follower.close();
        if (isClean()) { // else the topics can be looked at in the brokers' folders
            cluster.view().deleteTopics(plan.name());
        }
        topics.registry().close();
    }
}
