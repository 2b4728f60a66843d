package io.keyward.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.keyward.bench.measure.FanOutTime;
import io.keyward.bench.measure.MemoryAndDisk;
import io.keyward.bench.measure.ProductVariant;
import io.keyward.bench.measure.Restart;
import io.keyward.bench.measure.Result;
import io.keyward.bench.measure.Subject;
import io.keyward.bench.measure.SubjectVariant;
import io.keyward.bench.measure.TrainedArchive;
import io.keyward.bench.measure.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the report says of variants.
class BenchReportTest {
    private static final SubjectVariant STANDARD = SubjectVariant.standard(Subject.KEYWARD_MEMORY);
    private static final SubjectVariant ARCHIVE =
            new SubjectVariant(Subject.KEYWARD_MEMORY, new TrainedArchive(Path.of("keyward.aot")).variant());
    private static final SubjectVariant EARLIER =
            new SubjectVariant(Subject.KEYWARD_MEMORY, ProductVariant.ofRevision("70a516576966c81b"));
    private static final SubjectVariant MATCHED = SubjectVariant.standard(Subject.MATCHED_PASSTHROUGH);

    private final Measurements measurements = Measurements.none();

    @Test
    void variantsAreComparedToTheProductWithItsDefaults() {
        measurements.rates().addAll(List.of(rate(STANDARD, 2_000), rate(ARCHIVE, 3_000), rate(EARLIER, 1_500)));
        assertEquals(
                List.of(
                        "keyward-memory | 2,000 | 1.00 | 500.00 | 50.00 | 25.00 | 0 | 4.50 | 64 | - | - | ",
                        "keyward-memory-archive | 3,000 | 1.50 | 333.33 | 33.33 | 16.67 | 0 | 4.50 | 64 | - | - | -XX:AOTCache=keyward.aot -XX:AOTMode=on -Xlog:aot*=error",
                        "keyward-memory-70a5165 | 1,500 | 0.75 | 666.67 | 66.67 | 33.33 | 0 | 4.50 | 64 | - | - | revision 70a516576966c81b"),
                rows("Variants"));
    }

    @Test
    void theRatesOfSubjectsAreThoseWithoutVariants() {
        measurements.rates().addAll(List.of(rate(ARCHIVE, 3_000), rate(STANDARD, 2_000)));
        assertEquals(List.of("keyward-memory | 2,000 | - | - | 500.00 | 50.00 | 25.00 | 0 | 4.50"), rows("Rates"));
    }

    @Test
    void theRestartsOfEachVariantHaveARow() {
        measurements.restarts().add(new Restart(STANDARD, 4, 4.5, 3.5, 10, 20_000));
        measurements.restarts().add(new Restart(ARCHIVE, 2, 2.5, 1.5, 8, 20_000));
        assertEquals(
                List.of(
                        "keyward-memory | 4.0 | 4.5 | 3.5 | 10.0 | 20,000 | 2,000",
                        "keyward-memory-archive | 2.0 | 2.5 | 1.5 | 8.0 | 20,000 | 2,500"),
                rows("Restart"));
    }

    /// Without environments, five seconds are the target of a restart.
    @Test
    void targetsAreThoseOfEachVariant() {
        measurements.rates().add(rate(MATCHED, 1_000));
        measurements.restarts().add(new Restart(STANDARD, 4, 5.5, 3.5, 10, 20_000));
        measurements.restarts().add(new Restart(ARCHIVE, 2, 2.5, 1.5, 8, 20_000));
        measurements.fanOuts().add(new FanOutTime(STANDARD, 25, 400, 1));
        measurements.fanOuts().add(new FanOutTime(ARCHIVE, 25, 600, 1));
        String fanOut = ", environments of a key of 25 decided a second / rate of matched-passthrough | 0.5 |  | ";
        assertEquals(
                List.of(
                        "keyward-memory, ready after a stop, s |  | 5.0 | 4.00 | yes | ",
                        "keyward-memory, ready after SIGKILL, s |  | 5.0 | 5.50 | no | ",
                        "keyward-memory, the same as a named member, s |  | 5.0 | 3.50 | yes | ",
                        "keyward-memory-archive, ready after a stop, s |  | 5.0 | 2.00 | yes | ",
                        "keyward-memory-archive, ready after SIGKILL, s |  | 5.0 | 2.50 | yes | ",
                        "keyward-memory-archive, the same as a named member, s |  | 5.0 | 1.50 | yes | ",
                        "keyward-memory" + fanOut + "0.40 | no | ",
                        "keyward-memory-archive" + fanOut + "0.60 | yes | "),
                rows("Targets"));
    }

    /// The rows of a section's table, without the lines at their edges.
    private List<String> rows(String section) {
        Machine machine = new Machine("processor", 2, 0, "system", "java", 0);
        String report = new BenchReport(Plan.full(7), machine, List.of(), measurements).markdown();
        String head = "\n## " + section + "\n\n";
        return report.substring(report.indexOf(head) + head.length())
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> line.substring(2, line.length() - 2))
                .toList();
    }

    /// A result of one second with a second of CPU, a tenth of it for compiling, and a twentieth of the broker's.
    private static Result rate(SubjectVariant subjectVariant, int eventsPerSecond) {
        return new Result(
                subjectVariant,
                1,
                new Usage(eventsPerSecond, 1, 1_000_000_000, 100_000_000, 50_000_000, 0),
                4.5,
                new MemoryAndDisk(64 << 20, 0, 0),
                Optional.empty());
    }
}
