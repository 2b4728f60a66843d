package io.keyward.bench;

import io.keyward.bench.measure.ClassPaths;
import io.keyward.bench.measure.Entrant;
import io.keyward.bench.measure.FailoverTrial;
import io.keyward.bench.measure.FanOutTrial;
import io.keyward.bench.measure.Ground;
import io.keyward.bench.measure.LatencyTrial;
import io.keyward.bench.measure.Pace;
import io.keyward.bench.measure.Race;
import io.keyward.bench.measure.Result;
import io.keyward.bench.measure.Usage;
import io.keyward.bench.workload.Shape;
import io.keyward.testing.process.Folders;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One run of the benchmark: a broker, and everything that the plan asks for, one after the other, the most important
/// first. What does not fit into the plan's time is left out.
final class Session implements AutoCloseable {
    /// In MiB; enough for 200,000 environments as objects, and for 2 million.
    private static final int HEAP = 2_048;

    private static final int LARGE_HEAP = 8_192;

    /// What a trial takes beside the events that it sends.
    private static final Duration TRIAL_STARTS = Duration.ofSeconds(30);

    private static final Duration FAILOVER = Duration.ofSeconds(45);

    private static final Duration FAN_OUT = Duration.ofSeconds(60);

    private final Plan plan;
    private final List<Entrant> entrants;
    private final PrintWriter progress;
    private final ClassPaths classPaths;
    private final Path folder;
    private final TimeLeft time;
    private final Ground ground;
    private final Measurements measurements = Measurements.none();

    /// How long each took with the first workload, from its start until it was cleaned up after.
    private final Map<Entrant, Duration> took = new HashMap<>();

    private Session(Plan plan, List<Entrant> entrants, ClassPaths classPaths, Workspace workspace) {
        this.plan = plan;
        this.entrants = entrants;
        this.classPaths = classPaths;
        progress = workspace.progress();
        folder = workspace.folder();
        time = new TimeLeft(plan.limit());
        ground = Ground.start(folder.resolve("broker"), classPaths);
    }

    /// Where files are kept for the time of the run, and who is told how it goes.
    record Workspace(Path folder, PrintWriter progress) {}

    /// @param entrants what is measured, in that order
    static Session begin(Plan plan, List<Entrant> entrants, ClassPaths classPaths, Workspace workspace) {
        Folders.delete(workspace.folder());
        return new Session(plan, List.copyOf(entrants), classPaths, workspace);
    }

    Measurements measure() {
        Duration before = time.spent();
        Race race = prepare("rates", plan.shape(), HEAP);
        Duration publishing = time.spent().minus(before);
        round(race, 1);
        latencies();
        failovers();
        fanOuts();
        plan.more().large().ifPresent(large -> grow(large, publishing));
        furtherRounds(race);
        race.end();
        measurements.leftOut().addAll(time.leftOut());
        return measurements;
    }

    private Race prepare(String name, Shape shape, int heap) {
        say("publishing a backlog of %,d events on %,d environments".formatted(shape.events(), shape.environments()));
        return Race.prepare(ground, classPaths, folder.resolve(name), shape, heap);
    }

    private void round(Race race, int round) {
        for (Entrant entrant : entrants) {
            Duration before = time.spent();
            report(race.run(entrant, round), measurements.rates());
            took.put(entrant, time.spent().minus(before));
            if (round == 1 && restarted().contains(entrant)) {
                say("%s: restarting".formatted(entrant.label()));
                measurements.restarts().add(race.restart(entrant.subject(), round));
            }
        }
    }

    /// A round is run whole or not at all.
    private void furtherRounds(Race race) {
        for (int round = 2; round <= plan.rounds(); round++) {
            Duration estimate = took.values().stream().reduce(Duration.ZERO, Duration::plus);
            if (!time.suffices("round %d of %d".formatted(round, plan.rounds()), estimate)) {
                return;
            }
            round(race, round);
        }
    }

    private void latencies() {
        Pace pace = plan.more().pace();
        Duration estimate = TRIAL_STARTS.plusSeconds(pace.seconds());
        for (Entrant entrant : entrants) {
            String what = "%s: latency at %,d events a second".formatted(entrant.label(), pace.rate());
            if (plan.more().timed().contains(entrant.subject()) && time.suffices(what, estimate)) {
                say(what);
                measurements
                        .latencies()
                        .add(LatencyTrial.measure(
                                ground,
                                classPaths,
                                folder.resolve("latency"),
                                entrant,
                                pace,
                                plan.shape().seed()));
            }
        }
    }

    private void failovers() {
        Pace load = plan.more().load();
        for (Entrant entrant : restarted()) {
            String what =
                    "%s: one of two instances killed at %,d events a second".formatted(entrant.label(), load.rate());
            if (time.suffices(what, FAILOVER.plusSeconds(load.seconds()))) {
                say(what);
                measurements
                        .failovers()
                        .add(FailoverTrial.measure(
                                ground,
                                classPaths,
                                folder.resolve("failover"),
                                entrant.subject(),
                                load,
                                plan.shape().seed()));
            }
        }
    }

    private void fanOuts() {
        for (Entrant entrant : products()) {
            for (int environments : plan.more().fanOuts()) {
                String what = "%s: a key of %,d environments".formatted(entrant.label(), environments);
                if (time.suffices(what, FAN_OUT)) {
                    say(what);
                    measurements
                            .fanOuts()
                            .add(FanOutTrial.measure(
                                    ground, classPaths, folder.resolve("fan-out"), entrant.subject(), environments));
                }
            }
        }
    }

    private void grow(Shape large, Duration publishing) {
        String what = "%,d events on %,d environments".formatted(large.events(), large.environments());
        if (products().isEmpty() || !time.suffices(what, growing(large, publishing))) {
            return;
        }
        Race race = prepare("large", large, LARGE_HEAP);
        products().forEach(entrant -> report(race.run(entrant, 1), measurements.large()));
        race.end();
    }

    /// As if each event took as long as in the first round.
    private Duration growing(Shape large, Duration publishing) {
        Duration all = products().stream().map(took::get).reduce(publishing, Duration::plus);
        return all.multipliedBy(large.events()).dividedBy(plan.shape().events());
    }

    private List<Entrant> products() {
        return entrants.stream().filter(Session::isProduct).toList();
    }

    private List<Entrant> restarted() {
        return products().stream()
                .filter(entrant -> plan.more().restarted().contains(entrant.subject()))
                .toList();
    }

    private static boolean isProduct(Entrant entrant) {
        return Plan.isProduct(entrant.subject()) && entrant.variant().isStandard();
    }

    private void report(Result result, List<Result> results) {
        results.add(result);
        say(result.entrant().label() + ": " + told(result.usage()));
    }

    private static String told(Usage usage) {
        return usage.isMeasured()
                ? "%,.0f events/s, %.1f + %.1f µs CPU per event"
                        .formatted(usage.eventsPerSecond(), usage.cpuMicrosPerEvent(), usage.brokerCpuMicrosPerEvent())
                : "done before anything could be measured";
    }

    private void say(String what) {
        Duration since = time.spent();
        progress.println("%2d:%02d  %s".formatted(since.toMinutes(), since.toSecondsPart(), what));
        progress.flush();
    }

    @Override
    public void close() {
        ground.close();
    }
}
