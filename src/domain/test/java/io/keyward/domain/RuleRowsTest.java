package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Decides the rows under `src/domain/test/resources/rules`; the README there describes how to read and to write
/// them.
class RuleRowsTest {
    private static final Path FOLDER = Path.of("src/domain/test/resources/rules");
    private static final String ROW = "R20 a row";

    @TestFactory
    Stream<DynamicContainer> rules() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .map(file -> DynamicContainer.dynamicContainer(
                            file.getFileName().toString(), Stream.of(file).flatMap(RuleRowsTest::rows)))
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Read only when the file is among those that run: the mutation tests run one row at a time.
    private static Stream<DynamicTest> rows(Path file) {
        try {
            return RuleRows.in(file, Files.readAllLines(file)).stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Executable only(String... lines) {
        List<DynamicTest> tests = RuleRows.in(Path.of("a.txt"), List.of(lines));
        assertThat(tests).hasSize(1);
        return tests.getFirst().getExecutable();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "2: policy-aplied p1 k1 => key k1 | `policy-aplied` stands where one of enforcement-reported,",
                "2: policy-applied p1 => key k1 | the end stands where a key, such as `k1` or `k1 v1`, is expected",
                "2: policy-applied p1 k1 id => key k1 | the end stands where an event id is expected",
                "2: policy-applied p1 k1 v1 x => key k1 | `x` stands where the end, or another member of the event",
                "soon: policy-applied p1 k1 => key k1 | `soon` stands where a day, such as `5` or `just before 5`, is",
                "aplied => key k1 | `aplied` stands where a day",
                "applied => | the end stands where one of by, components,",
                "applied => kye k1 | `kye` stands where one of by, components, deleting, deletion, desired, disabling,",
                "applied => key k1 v1 v2 | `v2` stands where the end is expected",
                "applied => state LOCKT status WARNING | `LOCKT` stands where one of CUSTOMER_MANAGED, DELETED,",
                "applied => state LOCKED | the end stands where `status` is expected",
                "applied => warnings | the end stands where one of DELETION_IMMINENT,",
                "applied => message KEY_REVOKED locked | `locked` stands where a text in quotes is expected",
                "applied => message KEY_REVOKED \"locked | `\"locked` stands where a text in quotes is expected",
                "applied => slots | the end stands where an environment, or `nothing`, is expected",
                "profile 2020; applied => key k1 | `2020` stands where one of automatic, expiry-warns, migrate, oauth-undetermined is expected",
                "evidence REPORT x; applied => key k1 | `x` stands where the end is expected",
                "applied => environment e1 x; key k1 | `x` stands where the end is expected",
                "applied; key k1 | `applied; key k1`: `events => expectations` is expected",
            })
    void aRowThatCannotBeReadNamesWhereAndWhatIsExpected(String row, String message) {
        assertThatThrownBy(only("# a comment", "applied = 1: policy-applied p1 k1", ROW, "    " + row)::execute)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("a.txt:3: `")
                .hasMessageContaining(message)
                .hasMessageEndingWith(" Names of this file: applied.");
    }

    @Test
    void aRowBeginsWithItsRule() {
        assertThatThrownBy(only("R99 a row", "    1: policy-applied p1 k1 => key k1")::execute)
                .hasMessageStartingWith("a.txt:1: `R99 a row`: `R99` stands where one of R1, R10,");
    }

    @Test
    void aNameStandsForOneThing() {
        assertThatThrownBy(() -> only("a = 1: policy-applied p1 k1", "a = 2: policy-applied p1 k1"))
                .hasMessage("a.txt:2: a second `a`");
    }

    /// One of each kind of expectation, beside one that holds.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "state LOCKED status WARNING",
                "components LOCKED by R20: DATAVERSE",
                "components locked by R20",
                "components UNDETERMINED by R4: all but DATAVERSE",
                "components nothing",
                "warnings KEY_REVOKED",
                "warnings nothing",
                "warnings of DATAVERSE ENFORCEMENT_LATE",
                "message INVENTORY_UNKNOWN \"x y\"",
                "message exactly INVENTORY_UNKNOWN \"inventory\"",
                "severity INVENTORY_UNKNOWN CRITICAL",
                "subjects INVENTORY_UNKNOWN g1",
                "enforcement ENFORCED: DATAVERSE",
                "enforcement nothing",
                "desired since 2: all",
                "suppressed since 2 by R4",
                "suppressed since nothing",
                "enabled since 2",
                "locked since 1",
                "deletion expected 5",
                "due 5",
                "policy p2",
                "policy nothing",
                "key k2",
                "key nothing",
                "keep k1 until 5",
                "by R20",
                "not by R4",
                "slots e1",
                "nothing",
                "signals suppress from 2 by R4 in revision 1",
                "disabling k1 at 5: safe",
                "disabling k1 at 5: IN_USE",
                "disabling k2 at 5: UNPROVEN",
                "deleting k1 at 5: safe",
                "deleting k1 at 5: unsafe until 9",
                "deleting k1 at 5: unsafe \"Do not.\"",
                "in use at 5: nothing",
                "in use at 5: k1, k2"
            })
    void aRowFailsUnlessAllIsAsExpected(String wrong) throws Throwable {
        only(ROW, "    evidence REPORT; 1: policy-applied p1 k1", "    => key k1; policy p1")
                .execute();
        assertThatThrownBy(
                        only(ROW, "    evidence REPORT; 1: policy-applied p1 k1", "    => key k1; " + wrong)::execute)
                .isInstanceOf(AssertionError.class)
                .hasMessageNotContaining("stands where");
    }

    @Test
    void aRowIsDecidedInBothOrdersUnlessItSaysThatTheOrderMatters() throws Throwable {
        String row =
                "0: tenant-limit-changed 0; 1: environment-changed; 2: policy-applied p1 k1; 3: tenant-limit-changed 5"
                        + " => enabled since 3";
        only(ROW, "    order matters; " + row).execute();
        assertThatThrownBy(only(ROW, "    " + row)::execute)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the same events arriving in the opposite order");
    }
}
