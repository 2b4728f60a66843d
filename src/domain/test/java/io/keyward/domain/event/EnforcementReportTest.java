package io.keyward.domain.event;

import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.pinned;
import static io.keyward.domain.Facts.reported;
import static io.keyward.domain.Facts.unpinned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.domain.Report;
import io.keyward.domain.event.EnforcementReport.FailedItem;
import io.keyward.domain.event.EnforcementReport.Items;
import io.keyward.domain.event.EnforcementReport.Phase;
import io.keyward.domain.id.PartName;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.RefusedException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// R28: what a report may say, and when it is clean.
class EnforcementReportTest {
    private static final Items V1 = items("v1", 1);
    private static final Items MICROSOFTS = new Items(Optional.empty(), 1);
    private static final FailedItem FAILED = new FailedItem("i1", "busy");

    private static Items items(String version, long count) {
        return new Items(Optional.of(pinned("k1", version)), count);
    }

    private static EnforcementReport of(Items... items) {
        return new EnforcementReport(Phase.SUCCEEDED, List.of(items), true, 0, List.of());
    }

    private static DynamicTest refused(String name, String sentence, Runnable made) {
        return DynamicTest.dynamicTest(
                name,
                () -> assertThatThrownBy(made::run)
                        .isInstanceOfSatisfying(
                                RefusedException.class,
                                refused -> assertThat(refused.code()).isEqualTo(RefusalCode.INVALID_FIELD))
                        .hasMessageContaining(sentence));
    }

    private static Items[] different(int count) {
        return IntStream.range(0, count).mapToObj(i -> items("v" + i, 1)).toArray(Items[]::new);
    }

    @TestFactory
    Stream<DynamicTest> whatIsRefused() {
        return Stream.of(
                refused(
                        "a customer key without a version",
                        "items[1].key.keyVersion is missing; expected the version that the items are under.",
                        () -> of(V1, new Items(Optional.of(unpinned("k1")), 1))),
                refused(
                        "even for no items",
                        "items[0].key.keyVersion is missing",
                        () -> of(new Items(Optional.of(unpinned("k1")), 0))),
                refused("a negative count", "items[1].count is -1; expected 0 or more.", () -> of(V1, items("v1", -1))),
                refused(
                        "counts of one key that no number holds",
                        "items[1].count is too large: the counts of its key add up to more than 9223372036854775807.",
                        () -> of(V1, items("v1", Long.MAX_VALUE))),
                refused("65 entries of items", "items holds 65 entries; expected up to 64.", () -> of(different(65))),
                refused(
                        "a negative number of failed items",
                        "failedCount is -1; expected 0 or more.",
                        () -> new EnforcementReport(Phase.FAILED, List.of(), true, -1, List.of())),
                refused(
                        "101 failed items",
                        "failed holds 101 entries; expected up to 100.",
                        () -> new EnforcementReport(
                                Phase.FAILED, List.of(), true, 101, Collections.nCopies(101, FAILED))),
                refused(
                        "65 parts",
                        "parts holds 65 entries; expected up to 64.",
                        () -> reported(day(1), Report.of(Component.DATAVERSE).parts(names(65)))));
    }

    private static String[] names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "p" + i).toArray(String[]::new);
    }

    @Test
    void asMuchAsIsAllowed() {
        assertThat(of(different(64)).items()).hasSize(64);
        assertThat(of(items("v1", Long.MAX_VALUE - 1), V1).items()).containsExactly(items("v1", Long.MAX_VALUE));
        assertThat(new EnforcementReport(Phase.FAILED, List.of(), true, 100, Collections.nCopies(100, FAILED)).failed())
                .hasSize(100);
        assertThat(reported(day(1), Report.of(Component.DATAVERSE).parts(names(64)))
                        .parts())
                .hasSize(64);
    }

    @Test
    void equalStatementsAreEqualReports() {
        assertThat(of(items("v2", 2), MICROSOFTS, V1, items("v2", 3), items("v3", 0)))
                .isEqualTo(of(V1, items("v2", 5), MICROSOFTS));
        assertThat(of(items("v2", 1), V1, MICROSOFTS).items()).containsExactly(MICROSOFTS, V1, items("v2", 1));
        assertThat(reported(day(1), Report.of(Component.DATAVERSE).parts("b", "a", "b"))
                        .parts())
                .containsExactly(new PartName("a"), new PartName("b"));
    }

    @Test
    void aCleanReport() {
        assertThat(of().clean()).isTrue();
        assertThat(of(V1).clean()).isTrue();
        assertThat(of(MICROSOFTS).clean()).isTrue();
        assertThat(of(V1, items("v2", 0)).clean()).isTrue();
        assertThat(of(V1, items("v1", 4)).clean()).isTrue();
    }

    @Test
    void whatIsNotClean() {
        List<Items> one = List.of(V1);
        assertThat(of(V1, MICROSOFTS).clean()).isFalse();
        assertThat(new EnforcementReport(Phase.SUCCEEDED, one, false, 0, List.of()).clean())
                .isFalse();
        assertThat(new EnforcementReport(Phase.SUCCEEDED, one, true, 1, List.of()).clean())
                .isFalse();
        assertThat(new EnforcementReport(Phase.SUCCEEDED, one, true, 0, List.of(FAILED)).clean())
                .isFalse();
        Stream.of(Phase.RUNNING, Phase.FAILED, Phase.UNKNOWN)
                .forEach(phase -> assertThat(new EnforcementReport(phase, one, true, 0, List.of()).clean())
                        .as("%s", phase)
                        .isFalse());
    }

    @Test
    void longTextsAreCut() {
        String longest = "x".repeat(FailedItem.MAX_LENGTH);
        assertThat(new FailedItem(longest, longest)).isEqualTo(new FailedItem(longest, longest));
        assertThat(new FailedItem(longest, "").itemId()).isEqualTo(longest);
        FailedItem cut = new FailedItem(longest + "y", "z" + longest);
        assertThat(cut.itemId()).isEqualTo("x".repeat(199) + "…");
        assertThat(cut.reason()).isEqualTo("z" + "x".repeat(198) + "…");
    }

    @Test
    void noCharacterIsCutInTwo() {
        String face = "\uD83D\uDE00";
        assertThat(new FailedItem("x".repeat(198) + face + "y", "").itemId()).isEqualTo("x".repeat(198) + "…");
        assertThat(new FailedItem("x".repeat(197) + face + "yy", "").itemId()).isEqualTo("x".repeat(197) + face + "…");
    }
}
