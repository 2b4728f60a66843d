package io.keyward.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.keyward.bench.measure.BenchException;
import io.keyward.bench.measure.MemoryAndDisk;
import io.keyward.bench.measure.ProductVariant;
import io.keyward.bench.measure.Result;
import io.keyward.bench.measure.Subject;
import io.keyward.bench.measure.SubjectVariant;
import io.keyward.bench.measure.TrainedArchive;
import io.keyward.bench.measure.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When `bin/bench --at-least` fails.
class VariantsTest {
    private static final ProductVariant EARLIER = ProductVariant.ofRevision("70a516576966c81b");
    private static final ProductVariant ARCHIVE = new TrainedArchive(Path.of("keyward.aot")).variant();

    @Test
    void whatCostsALittleMoreThanAnotherRevisionPasses() {
        requireAtLeast(0.8, costing(50, ProductVariant.STANDARD), costing(40, EARLIER));
    }

    @Test
    void whatCostsTooMuchMoreFails() {
        BenchException failure = assertThrows(
                BenchException.class,
                () -> requireAtLeast(0.8, costing(51, ProductVariant.STANDARD), costing(40, EARLIER)));
        assertEquals(
                "keyward-memory makes 0.78 of the events per CPU second of keyward-memory-70a5165; must be at least 0.80",
                failure.getMessage());
    }

    @Test
    void whatWasNotMeasuredFails() {
        Result unmeasured = result(ProductVariant.STANDARD, new Usage(0, 0, 0, 0, 0, 0));
        assertThrows(BenchException.class, () -> requireAtLeast(0.8, unmeasured, costing(40, EARLIER)));
    }

    @Test
    void onlyOtherRevisionsCount() {
        requireAtLeast(0.8, costing(50, ProductVariant.STANDARD), costing(10, ARCHIVE), costing(50, EARLIER));
    }

    private static void requireAtLeast(double least, Result... rates) {
        Measurements measurements = Measurements.none();
        measurements.rates().addAll(List.of(rates));
        new Variants(measurements).requireAtLeast(least);
    }

    /// A result with that many microseconds of CPU for an event.
    private static Result costing(long micros, ProductVariant variant) {
        return result(variant, new Usage(1_000, 1, micros * 1_000_000, 0, 0, 0));
    }

    private static Result result(ProductVariant variant, Usage usage) {
        return new Result(
                new SubjectVariant(Subject.KEYWARD_MEMORY, variant),
                1,
                usage,
                1,
                new MemoryAndDisk(0, 0, 0),
                Optional.empty());
    }
}
