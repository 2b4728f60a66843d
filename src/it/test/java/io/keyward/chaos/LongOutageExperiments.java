package io.keyward.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.chaos.LongOutage.Moment;
import io.keyward.chaos.LongOutage.Rebalance;
import io.keyward.chaos.LongOutage.Traffic;
import io.keyward.chaos.cluster.ChaosCluster;
import io.keyward.testing.process.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Outages that last longer than what Kafka's clients wait for. Many fleets, each with a variant, a moment and a
/// rebalance of its own, meet the same outage. `docs/chaos.md` tells how to run this and how to read it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongOutageExperiments {
    private static final Path RESULTS = Path.of("target", "chaos", "outages.txt");
    private static final int FLEETS = Integer.getInteger("chaos.fleets", 10);

    /// Commits give up after two seconds instead of a minute, and questions after three.
    private static final Map<String, String> QUICK = Map.of(
            "keyward.streams.producer.max.block.ms", "2000",
            "keyward.streams.admin.default.api.timeout.ms", "3000",
            "keyward.streams.admin.request.timeout.ms", "1500");

    /// For every second fleet of the classic protocol: its tasks are still its own when the outage ends.
    private static final Map<String, String> LONG_SESSION =
            Map.of("keyward.streams.main.consumer.session.timeout.ms", "60000");

    /// How many outages fleets that are broken on purpose may meet until they show it.
    private static final int OUTAGES = 3;

    private static final Duration SHORT = Duration.ofSeconds(12);

    private final ExperimentSelection choice = ExperimentSelection.ofSystemProperties();
    private final Random random = new Random(choice.seed());
    private ChaosCluster cluster;
    private int turn;
    private boolean clean = true;

    @BeforeAll
    void open() throws IOException {
        Path folder = Folders.outsideTemporary("keyward-outages-");
        Files.createDirectories(RESULTS.getParent());
        Files.writeString(RESULTS, "");
        tell("%s; logs are in %s".formatted(choice, folder));
        turn = Math.floorMod(choice.seed(), 24);
        cluster = ChaosCluster.open(folder, 1);
    }

    @AfterAll
    void close() {
        cluster.close();
        if (clean && !Boolean.getBoolean("chaos.keep")) {
            Folders.delete(cluster.folder());
        }
    }

    /// With the product's limits and outages of up to 200 s.
    @TestFactory
    Stream<DynamicTest> nothingIsLostAndNothingFalls() {
        return IntStream.range(0, choice.rounds())
                .boxed()
                .flatMap(_ -> LongOutage.all().stream())
                .filter(outage ->
                        choice.faults().isEmpty() || choice.faults().stream().anyMatch(outage.toString()::contains))
                .map(outage -> DynamicTest.dynamicTest(
                        outage.toString(), () -> requireClean(runs(outage, LocalInstance.Kind.PRODUCT, Map.of()))));
    }

    /// With short limits and short outages, so that it takes a few minutes.
    @TestFactory
    Stream<DynamicTest> nothingIsLostAndNothingFallsWithShortLimits() {
        return IntStream.range(0, choice.rounds())
                .boxed()
                .flatMap(_ -> LongOutage.of(SHORT))
                .map(outage -> DynamicTest.dynamicTest(
                        outage.toString(), () -> requireClean(runs(outage, LocalInstance.Kind.PRODUCT, QUICK))));
    }

    /// Shows that the checks can fail.
    @Test
    void withoutTheRemedyAndTheCheckStateIsLost() {
        List<OutageRun.Result> results =
                runsUntil(result -> !result.violations().isEmpty(), LocalInstance.Kind.WITHOUT_REMEDY_AND_CHECK);
        assertThat(results).anyMatch(result -> !result.violations().isEmpty());
    }

    /// Nothing wrong is published, although rows are lost.
    @Test
    void withoutTheRemedyTheCheckKeepsWrongDecisionsBack() {
        List<OutageRun.Result> results = runsUntil(result -> result.refusals() > 0, LocalInstance.Kind.WITHOUT_REMEDY);
        assertThat(results)
                .allSatisfy(result -> assertThat(result.violations())
                        .as(result.plan().toString())
                        .isEmpty());
        assertThat(results).anyMatch(result -> result.refusals() > 0);
    }

    /// An outage loses rows only if it begins while a commit is on its way.
    private List<OutageRun.Result> runsUntil(Predicate<OutageRun.Result> seen, LocalInstance.Kind kind) {
        List<OutageRun.Result> results = new ArrayList<>();
        for (int outage = 0; outage < OUTAGES && results.stream().noneMatch(seen); outage++) {
            results.addAll(runs(new LongOutage(LongOutage.Kind.FROZEN, SHORT), kind, QUICK));
        }
        return results;
    }

    private void requireClean(List<OutageRun.Result> results) {
        clean &= results.stream().allMatch(result -> result.violations().isEmpty());
        assertThat(results).allSatisfy(result -> {
            assertThat(result.violations()).as(result.plan().toString()).isEmpty();
            assertThat(result.ends()).as("%s: ends of instances", result.plan()).isEmpty();
        });
    }

    /// Each fleet takes the next of all combinations of variants, moments and rebalances.
    private List<OutageRun.Result> runs(LongOutage outage, LocalInstance.Kind kind, Map<String, String> more) {
        List<OutageRun> runs = new ArrayList<>();
        List<OutageRun.Plan> plans = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int fleet = 0; fleet < FLEETS; fleet++) {
                plans.add(plan(kind, more));
            }
            tell(outage + ", " + FLEETS + " fleets of " + kind);
            for (OutageRun.Plan plan : plans) {
                runs.add(new OutageRun(plan, cluster));
            }
            all(threads, runs, OutageRun::begin);
            all(threads, runs, OutageRun::restore);
            all(threads, runs, OutageRun::beginToRestore);
            all(threads, runs, OutageRun::hurry);
            Future<?> strike = threads.submit(() -> outage.strike(cluster));
            all(threads, runs, run -> run.endure(outage));
            join(strike);
            all(threads, runs, OutageRun::recover);
            all(threads, runs, OutageRun::check);
            List<OutageRun.Result> results =
                    runs.stream().map(OutageRun::result).toList();
            results.forEach(result -> tell("  " + result));
            return results;
        } finally {
            runs.forEach(OutageRun::close);
        }
    }

    private OutageRun.Plan plan(LocalInstance.Kind kind, Map<String, String> more) {
        int number = turn++;
        StreamsVariant variant = StreamsVariant.of(number);
        Traffic traffic = random.nextBoolean() ? Traffic.BURST : Traffic.STEADY;
        Map<String, String> settings = new HashMap<>(more);
        if (more.equals(QUICK)
                && traffic == Traffic.STEADY
                && variant.groupProtocol().equals("classic")) {
            settings.putAll(LONG_SESSION);
        }
        return new OutageRun.Plan(
                "outage-%04d".formatted(number),
                kind,
                variant,
                List.of(Moment.values()).get(Math.floorMod(number / 6 + number, Moment.values().length)),
                traffic,
                List.of(Rebalance.values()).get(random.nextInt(Rebalance.values().length)),
                settings,
                random.nextLong());
    }

    private static void all(ExecutorService threads, List<OutageRun> runs, Consumer<OutageRun> step) {
        List<Future<?>> done = new ArrayList<>();
        for (OutageRun run : runs) {
            done.add(threads.submit(() -> run.step(step)));
        }
        done.forEach(LongOutageExperiments::join);
    }

    private static void join(Future<?> done) {
        try {
            done.get();
        } catch (ExecutionException failure) {
            throw new AssertionError(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", interrupted);
        }
    }

    private static void tell(String line) {
        System.out.println(line);
        try {
            Files.writeString(RESULTS, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
