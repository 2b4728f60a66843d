package io.keyward.chaos;

import io.keyward.testing.process.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Every fault there is.
final class Faults {
    /// Longer than a session (6 s) and a transaction (10 s) may last.
    private static final Duration OUTAGE = Duration.ofSeconds(15);

    private static final int TIMES = 3;
    private static final int ALL_IN = 3;

    private Faults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("one of two killed", 2, Faults::oneKilled),
                Fault.of("two of three killed", 3, Faults::twoKilled),
                Fault.of("killed again and again", 2, Faults::killedAgainAndAgain),
                Fault.of("a broker killed", 2, Faults::brokerKilled),
                Fault.of("the coordinator's broker killed", 2, Faults::coordinatorKilled),
                Fault.of("an instance paused", 2, Faults::paused),
                Fault.of("rolling restart", 2, Faults::rollingRestart),
                Fault.of("scaled from 1 to 3 to 1", 1, Faults::scaled),
                Fault.of("state folder deleted", 1, Faults::stateDeleted),
                Fault.of("registry down", 2, Faults::registryDown),
                Fault.of("disk full", 2, Faults::diskFull).onSmallDisk(),
                Fault.of("brokers unreachable", 2, Faults::brokersUnreachable).behindProxies());
    }

    /// Pauses an instance that has done much since the strike, and so has much to lose if it commits seldom.
    static Fault pausedInTheMiddleOfMuch() {
        return Fault.of("an instance paused", 2, scene -> {
            scene.awaitProgress();
            paused(scene);
        });
    }

    private static void oneKilled(Scene scene) {
        Member first = scene.fleet().member(0);
        first.kill();
        scene.awaitProgress();
        first.start();
        scene.fleet().awaitReady(first);
    }

    private static void twoKilled(Scene scene) {
        List<Member> killed = List.of(scene.fleet().member(0), scene.fleet().member(2));
        killed.forEach(Member::kill);
        scene.awaitProgress();
        killed.forEach(Member::start);
        killed.forEach(scene.fleet()::awaitReady);
    }

    /// One or all of them, and none has much time to recover.
    private static void killedAgainAndAgain(Scene scene) {
        for (int time = 0; time < TIMES; time++) {
            List<Member> all = scene.fleet().members();
            List<Member> killed = scene.random().nextInt(ALL_IN) == 0
                    ? all
                    : List.of(all.get(scene.random().nextInt(all.size())));
            killed.forEach(Member::kill);
            killed.forEach(Member::start);
            killed.forEach(scene.fleet()::awaitReady);
        }
    }

    private static void brokerKilled(Scene scene) {
        int coordinator = scene.site().cluster().coordinatorOf(scene.group());
        List<Integer> others = new ArrayList<>(List.of(1, 2, 3));
        others.remove(Integer.valueOf(coordinator));
        scene.without(others.get(scene.random().nextInt(others.size())));
    }

    /// That of the group, or one of the instances' transactions.
    private static void coordinatorKilled(Scene scene) {
        ClusterView cluster = scene.site().cluster();
        List<Integer> coordinators = new ArrayList<>(List.of(cluster.coordinatorOf(scene.group())));
        coordinators.addAll(cluster.transactionCoordinators(scene.group() + "-"));
        scene.without(coordinators.get(scene.random().nextInt(coordinators.size())));
    }

    private static void paused(Scene scene) {
        scene.fleet().member(0).pause(OUTAGE);
    }

    private static void rollingRestart(Scene scene) {
        for (Member member : scene.fleet().members()) {
            member.stop();
            member.start();
            scene.fleet().awaitReady(member);
        }
    }

    private static void scaled(Scene scene) {
        List<Member> more = List.of(scene.fleet().add(), scene.fleet().add());
        more.forEach(scene.fleet()::awaitReady);
        scene.awaitProgress();
        more.forEach(Member::stop);
    }

    private static void stateDeleted(Scene scene) {
        Member only = scene.fleet().member(0);
        only.kill();
        only.deleteState();
        only.start();
    }

    /// Instances ask the registry for ids that they have not seen, and one of them is to be started anew meanwhile.
    private static void registryDown(Scene scene) {
        scene.site().registry().stop();
        try {
            scene.wire().turnToSecondEdition();
            scene.fleet().member(0).kill();
            scene.fleet().member(0).start();
            last(OUTAGE);
        } finally {
            scene.site().registry().startAgain();
        }
    }

    /// The instance runs while the disk becomes full, is killed or told to stop, which writes what is still in
    /// memory, and is started anew on the full disk. Whether it ends or goes on is its own affair; when there is
    /// room again, it must run.
    private static void diskFull(Scene scene) {
        Disk disk = scene.fleet().disk().orElseThrow();
        Member first = scene.fleet().member(0);
        disk.fill(first);
        scene.awaitProgress();
        if (scene.random().nextBoolean()) {
            first.kill();
        } else {
            first.stop();
        }
        first.start();
        last(OUTAGE);
        scene.awaitProgress();
        disk.free(first);
        scene.fleet().awaitReady(first);
    }

    private static void brokersUnreachable(Scene scene) {
        scene.site().brokers().holdBack();
        try {
            last(OUTAGE);
        } finally {
            scene.site().brokers().letThrough();
        }
    }

    /// The length of a fault is part of it, and no condition ends it.
    private static void last(Duration outage) {
        try {
            TimeUnit.MILLISECONDS.sleep(outage.toMillis());
        } catch (InterruptedException interruption) {
            throw Patience.interrupted(interruption);
        }
    }
}
