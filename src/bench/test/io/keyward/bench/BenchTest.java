package io.keyward.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.keyward.bench.measure.Subject;
import io.keyward.bench.measure.SubjectVariant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// What the options of `bin/bench` mean.
class BenchTest {
    private static final long SEED = 7;

    @Test
    void withoutOptionsEverySubjectIsMeasuredInEveryWay() {
        Bench bench = bench();
        assertEquals(Arrays.stream(Subject.values()).map(Subject::label).toList(), labels(bench));
        assertEquals(Plan.full(SEED), bench.plan());
    }

    @Test
    void anArchiveIsMeasuredBesideTheProductWithoutOne() {
        assertEquals(
                List.of("keyward-memory", "keyward-memory-archive", "keyward-rocksdb", "keyward-rocksdb-archive"),
                labels(bench("--archive")));
    }

    @Test
    void onlyTheProductHasVariantsAndTheyFollowIt() {
        assertEquals(
                List.of(
                        "keyward-rocksdb",
                        "keyward-rocksdb-zgc",
                        "keyward-rocksdb-archive",
                        "keyward-rocksdb-70a5165",
                        "dsl-memory"),
                labels(bench(
                        "--against=70a516576966c81b",
                        "--archive",
                        "--vary=zgc: -XX:+UseZGC",
                        "--only",
                        "dsl-memory",
                        "keyward-rocksdb")));
    }

    /// Only `--archive` starts the product with one.
    @Test
    void anotherRevisionGetsNoArchive() {
        List<SubjectVariant> measured =
                bench("--archive", "--against=70a516576966c81b").subjectVariants();
        assertEquals(
                List.of("keyward-memory-archive", "keyward-rocksdb-archive"),
                measured.stream()
                        .filter(subjectVariant ->
                                subjectVariant.variant().describe().contains("-XX:AOT"))
                        .map(SubjectVariant::label)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rates", "--archive", "--against=70a5165", "--vary=zgc: -XX:+UseZGC"})
    void whatIsComparedIsMeasuredForItsRates(String option) {
        assertEquals(
                Plan.full(SEED).ratesOnly(false, false, false), bench(option).plan());
        assertEquals(
                Plan.full(SEED).ratesOnly(true, false, false),
                bench(option, "--latency").plan());
        assertEquals(
                Plan.full(SEED).ratesOnly(false, true, false),
                bench(option, "--fan-out").plan());
        assertEquals(
                Plan.full(SEED).ratesOnly(false, false, true),
                bench(option, "--restart").plan());
    }

    @Test
    void aCheckRestartsTheProductIfWanted() {
        assertEquals(
                Plan.check(SEED).ratesOnly(false, false, false),
                bench("--check").plan());
        assertEquals(
                Plan.check(SEED).ratesOnly(false, false, true),
                bench("--check", "--restart").plan());
    }

    @Test
    void eachOptionAddsItsOwnMeasurement() {
        Plan.More all = Plan.full(SEED).more();
        Plan.More none = Plan.full(SEED).ratesOnly(false, false, false).more();
        Plan.More restarts = Plan.full(SEED).ratesOnly(false, false, true).more();
        assertEquals(List.of(), none.fanOuts());
        assertEquals(
                0,
                none.timed().size()
                        + none.restarted().size()
                        + none.failedOver().size());
        assertEquals(Optional.empty(), none.large());
        assertEquals(all.restarted(), restarts.restarted());
        assertEquals(0, restarts.timed().size() + restarts.fanOuts().size());
    }

    @Test
    void anArchiveIsTrainedWithOtherEventsThanAreMeasured() {
        Plan measured = bench("--archive", "--seed=8", "--events=5000").plan();
        assertNotEquals(
                measured.workloadSize().seed(),
                Plan.training(8, Optional.empty()).seed());
    }

    @ParameterizedTest
    @CsvSource({
        "--archive --vary=archive:-Xmx1g, Two variants have the same name.",
        "--archive --at-least=0.8, --at-least needs --against."
    })
    void contradictionsAreRefused(String options, String message) {
        VariantOptions variants = new VariantOptions();
        CommandLine command = new CommandLine(variants);
        command.parseArgs(options.split(" "));
        ParameterException refused = assertThrows(ParameterException.class, () -> variants.requireConsistent(command));
        assertEquals(message, refused.getMessage());
    }

    private static Bench bench(String... options) {
        return CommandLine.populateCommand(new Bench(), options);
    }

    private static List<String> labels(Bench bench) {
        return bench.subjectVariants().stream().map(SubjectVariant::label).toList();
    }
}
