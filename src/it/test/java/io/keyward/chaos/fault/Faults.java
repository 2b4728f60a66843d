package io.keyward.chaos.fault;

import io.keyward.chaos.cluster.ClusterView;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// All faults.
public final class Faults {
    /// Longer than a session (6 s) and a transaction (10 s) may last.
    private static final Duration OUTAGE = Duration.ofSeconds(15);

    private static final int TIMES = 3;
    private static final int ALL_IN = 3;

    private Faults() {}

    public static List<ChaosFault> all() {
        List<ChaosFault> all = new ArrayList<>(List.of(
                ChaosFault.of("one of two killed", 2, Faults::oneKilled),
                ChaosFault.of("two of three killed", 3, Faults::twoKilled),
                ChaosFault.of("killed again and again", 2, Faults::killedAgainAndAgain),
                ChaosFault.of("a broker killed", 2, Faults::brokerKilled),
                ChaosFault.of("the coordinator's broker killed", 2, Faults::coordinatorKilled),
                ChaosFault.of("an instance paused", 2, Faults::paused),
                ChaosFault.of("all instances paused", 2, Faults::allPaused),
                ChaosFault.of("rolling restart", 2, Faults::rollingRestart),
                ChaosFault.of("scaled from 1 to 3 to 1", 1, Faults::scaled),
                ChaosFault.of("state folder deleted", 1, Faults::stateDeleted),
                ChaosFault.of("registry down", 2, Faults::registryDown),
                ChaosFault.of("disk full", 2, Faults::diskFull).onSmallDisk(),
                ChaosFault.of("brokers unreachable", 2, Faults::brokersUnreachable)
                        .behindProxies()));
        all.addAll(IdleFaults.all());
        return all;
    }

    /// Pauses an instance that has decided much since the fault began, and so loses much if it commits seldom.
    public static ChaosFault pausedInTheMiddleOfMuch() {
        return ChaosFault.of("an instance paused", 2, context -> {
            context.awaitProgress();
            paused(context);
        });
    }

    private static void oneKilled(FaultContext context) {
        ProcessorInstance first = context.fleet().instance(0);
        first.kill();
        context.awaitProgress();
        first.start();
        context.fleet().awaitReady(first);
    }

    private static void twoKilled(FaultContext context) {
        List<ProcessorInstance> killed =
                List.of(context.fleet().instance(0), context.fleet().instance(2));
        killed.forEach(ProcessorInstance::kill);
        context.awaitProgress();
        killed.forEach(ProcessorInstance::start);
        killed.forEach(context.fleet()::awaitReady);
    }

    /// Kills one or all of them, and leaves none much time to recover.
    private static void killedAgainAndAgain(FaultContext context) {
        for (int time = 0; time < TIMES; time++) {
            List<ProcessorInstance> all = context.fleet().instances();
            List<ProcessorInstance> killed = context.random().nextInt(ALL_IN) == 0
                    ? all
                    : List.of(all.get(context.random().nextInt(all.size())));
            killed.forEach(ProcessorInstance::kill);
            killed.forEach(ProcessorInstance::start);
            killed.forEach(context.fleet()::awaitReady);
        }
    }

    private static void brokerKilled(FaultContext context) {
        int coordinator = context.cluster().view().coordinatorOf(context.group());
        List<Integer> others = new ArrayList<>(List.of(1, 2, 3));
        others.remove(Integer.valueOf(coordinator));
        context.killAndRestart(others.get(context.random().nextInt(others.size())));
    }

    /// Kills the coordinator of the group, or of the transactions of an instance.
    private static void coordinatorKilled(FaultContext context) {
        ClusterView cluster = context.cluster().view();
        List<Integer> coordinators = new ArrayList<>(List.of(cluster.coordinatorOf(context.group())));
        cluster.transactions(context.group() + "-").values().forEach(of -> coordinators.add(of.coordinatorId()));
        context.killAndRestart(coordinators.get(context.random().nextInt(coordinators.size())));
    }

    private static void paused(FaultContext context) {
        context.fleet().instance(0).pause(OUTAGE);
    }

    private static void allPaused(FaultContext context) {
        List<ChildJvm.Paused> frozen = context.fleet().instances().stream()
                .map(ProcessorInstance::freeze)
                .toList();
        hold(OUTAGE);
        frozen.forEach(ChildJvm.Paused::close);
    }

    private static void rollingRestart(FaultContext context) {
        for (ProcessorInstance instance : context.fleet().instances()) {
            instance.stop();
            instance.start();
            context.fleet().awaitReady(instance);
        }
    }

    private static void scaled(FaultContext context) {
        List<ProcessorInstance> more =
                List.of(context.fleet().add(), context.fleet().add());
        more.forEach(context.fleet()::awaitReady);
        context.awaitProgress();
        more.forEach(ProcessorInstance::stop);
    }

    private static void stateDeleted(FaultContext context) {
        ProcessorInstance only = context.fleet().instance(0);
        only.kill();
        only.deleteState();
        only.start();
    }

    /// Instances ask the registry for ids that they have not seen, and one of them is restarted meanwhile.
    private static void registryDown(FaultContext context) {
        context.cluster().registry().stop();
        try {
            context.traffic().encoder().useSecondEdition();
            context.fleet().instance(0).kill();
            context.fleet().instance(0).start();
            hold(OUTAGE);
        } finally {
            context.cluster().registry().startAgain();
        }
    }

    /// The disk becomes full while the instance runs. The instance is killed, or told to stop, which writes what is
    /// still in memory, and started on the full disk. There it may end or run; when there is room again, it must
    /// run.
    private static void diskFull(FaultContext context) {
        Disk disk = context.fleet().disk().orElseThrow();
        ProcessorInstance first = context.fleet().instance(0);
        disk.fill(first);
        context.awaitProgress();
        if (context.random().nextBoolean()) {
            first.kill();
        } else {
            first.stop();
        }
        first.start();
        hold(OUTAGE);
        context.awaitProgress();
        disk.free(first);
        context.fleet().awaitReady(first);
    }

    private static void brokersUnreachable(FaultContext context) {
        context.cluster().brokers().holdBack();
        try {
            hold(OUTAGE);
        } finally {
            context.cluster().brokers().letThrough();
        }
    }

    /// Waits for a time: the length of a fault is part of it.
    static void hold(Duration outage) {
        try {
            TimeUnit.MILLISECONDS.sleep(outage.toMillis());
        } catch (InterruptedException interruption) {
            throw Patience.interrupted(interruption);
        }
    }
}
