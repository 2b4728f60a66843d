package io.keyward.chaos.fault;

import io.keyward.chaos.cluster.ClusterView;
import io.keyward.chaos.load.Load;
import io.keyward.testing.process.Patience;
import io.keyward.topology.Events;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Pauses of instances that have consumed nothing since they got their tasks. Only their timers write: `progress`,
/// deadlines, fan-outs. A commit of such writes has no offsets, so Kafka Streams alone would not have it fenced.
public final class IdleFaults {
    private static final Duration OUTAGE = Duration.ofSeconds(15);
    private static final List<Integer> LONG_OUTAGES = List.of(130, 200);
    private static final int IN_A_ROW = 3;

    /// Longer than a restart takes.
    private static final Duration UNTIL_DUE = Duration.ofSeconds(60);

    private static final int FAN_OUT = 20_000;
    private static final String FLEET = "fleet";
    private static final String KEY = "shared";

    /// A thread that waits for records does not go on with a fan-out, so that one lasts for many seconds.
    private static final Map<String, String> SLOW_FAN_OUT = Map.of("keyward.streams.poll.ms", "200");

    private IdleFaults() {}

    static List<ChaosFault> all() {
        return List.of(
                ChaosFault.of("idle: paused after a restart", 2, idle(IdleFaults::paused)),
                ChaosFault.of("idle: paused, the other decides", 2, idle(IdleFaults::pausedWhileTheOtherDecides)),
                ChaosFault.of("idle: paused three times", 2, idle(IdleFaults::pausedAgainAndAgain)),
                ChaosFault.of("idle: both paused in turn", 2, idle(IdleFaults::bothPaused)),
                ChaosFault.of("idle: paused after a rebalance", 2, idle(IdleFaults::pausedAfterARebalance)),
                ChaosFault.of("idle: paused after an outage", 2, idle(outage(OUTAGE))),
                ChaosFault.of("idle: paused in a fan-out", 2, IdleFaults::pausedInAFanOut)
                        .with(SLOW_FAN_OUT),
                ChaosFault.of("idle: paused with deadlines due", 2, IdleFaults::pausedWithDeadlinesDue));
    }

    /// The brokers are frozen for longer than commits wait, then an instance is paused.
    public static List<ChaosFault> afterLongOutages() {
        return LONG_OUTAGES.stream()
                .map(seconds -> ChaosFault.of(
                        "brokers frozen for %d s".formatted(seconds), 2, idle(outage(Duration.ofSeconds(seconds)))))
                .toList();
    }

    /// Ends the load for as long as the fault lasts, and gives all instances tasks that consume nothing.
    private static Consumer<FaultContext> idle(Consumer<FaultContext> fault) {
        return context -> {
            context.traffic().load().pace(0);
            context.awaitAllCommitted();
            restart(context);
            fault.accept(context);
            context.traffic().load().pace(Load.RATE);
        };
    }

    private static void restart(FaultContext context) {
        context.fleet().instances().forEach(ProcessorInstance::stop);
        context.fleet().instances().forEach(ProcessorInstance::start);
        context.fleet().instances().forEach(context.fleet()::awaitReady);
        context.awaitWrites();
    }

    private static void paused(FaultContext context) {
        LongPause.of(context, context.fleet().instance(0));
    }

    private static void pausedWhileTheOtherDecides(FaultContext context) {
        LongPause.of(context, context.fleet().instance(0), () -> {
            context.traffic().load().pace(Load.RATE);
            context.awaitProgress();
        });
    }

    private static void pausedAgainAndAgain(FaultContext context) {
        for (int time = 0; time < IN_A_ROW; time++) {
            paused(context);
        }
    }

    private static void bothPaused(FaultContext context) {
        context.fleet().instances().forEach(instance -> LongPause.of(context, instance));
    }

    private static void pausedAfterARebalance(FaultContext context) {
        ProcessorInstance third = context.fleet().add();
        context.fleet().awaitReady(third);
        context.awaitWrites();
        third.stop();
        context.awaitWrites();
        paused(context);
    }

    private static Consumer<FaultContext> outage(Duration length) {
        return context -> {
            Runnable thaw = context.cluster().brokers().freeze();
            try {
                Faults.hold(length);
            } finally {
                thaw.run();
            }
            context.cluster().view().awaitEveryReplica();
            context.awaitWrites();
            paused(context);
        };
    }

    /// The only instance is killed in the middle of a fan-out, and goes on with it after its start, without having
    /// consumed anything. Then it is paused, and another instance goes on with the same fan-out.
    private static void pausedInAFanOut(FaultContext context) {
        ProcessorInstance first = context.fleet().instance(0);
        ProcessorInstance second = context.fleet().instance(1);
        context.traffic().load().pace(0);
        context.traffic().sendFacts(IntStream.range(0, FAN_OUT).mapToObj(n -> Events.applied(1, FLEET, "e" + n, KEY)));
        context.awaitAllCommitted();
        second.stop();
        context.awaitWrites();
        long before = decisions(context);
        context.traffic().sendFacts(Stream.of(Events.revoked(2, FLEET, KEY)));
        awaitMoreDecisionsThan(context, before);
        first.kill();
        long killed = decisions(context);
        first.start();
        awaitMoreDecisionsThan(context, killed);
        LongPause.of(context, first, () -> {
            if (decisions(context) > before + FAN_OUT) {
                throw new AssertionError("The fan-out was over before the pause");
            }
            second.start();
        });
        awaitMoreDecisionsThan(context, before + FAN_OUT);
        context.awaitWrites();
        context.traffic().load().pace(Load.RATE);
    }

    private static void awaitMoreDecisionsThan(FaultContext context, long number) {
        context.fleet().await("there are more decisions", () -> decisions(context) > number);
    }

    /// How many there are, with the markers of transactions.
    private static long decisions(FaultContext context) {
        ClusterView cluster = context.cluster().view();
        return cluster.committedEnds(context.traffic().topics().decisions()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /// Deadlines of twenty tenants pass while the instance is paused.
    private static void pausedWithDeadlinesDue(FaultContext context) {
        Instant due = Instant.now().plus(UNTIL_DUE).truncatedTo(ChronoUnit.MILLIS); // as events state it
        context.traffic().load().pace(0);
        context.traffic()
                .sendFacts(IntStream.range(0, 20)
                        .boxed()
                        .flatMap(tenant -> Stream.of("a", "b")
                                .flatMap(environment ->
                                        Events.retainsUntil(due, "due-" + tenant, environment).stream())));
        context.awaitAllCommitted();
        restart(context);
        LongPause.of(
                context,
                context.fleet().instance(0),
                () -> Patience.until("deadlines are due", () -> Instant.now().isAfter(due)));
        context.traffic().load().pace(Load.RATE);
    }
}
