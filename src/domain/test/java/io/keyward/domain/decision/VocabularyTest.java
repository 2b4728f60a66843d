package io.keyward.domain.decision;

import static io.keyward.domain.event.Protection.CUSTOMER_MANAGED;
import static io.keyward.domain.event.Protection.LOCKED;
import static io.keyward.domain.event.Protection.MICROSOFT_MANAGED;
import static io.keyward.domain.event.Protection.MIXED;
import static io.keyward.domain.event.Protection.PENDING_REPROVISION;
import static io.keyward.domain.event.Protection.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Facts;
import io.keyward.domain.Inventory;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.event.Protection;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The algebra of protections, and the texts for administrators.
class VocabularyTest {
    private static final EnvironmentName NAME = new EnvironmentName(Facts.E1, Optional.of("Finance"));

    private static final Map<Severity, Set<String>> DOCUMENTED = Map.of(
            Severity.INFO,
            Set.of(
                    "FLOW_MIGRATION_RUNNING",
                    "NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY",
                    "HOSTED_MACHINES_NOT_SUPPORTED",
                    "ROTATION_IGNORED_PINNED_VERSION",
                    "RETAIN_KEY",
                    "ENVIRONMENT_LIMIT_NEAR"),
            Severity.WARNING,
            Set.of(
                    "FLOWS_ON_MICROSOFT_MANAGED_KEY",
                    "HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED",
                    "ENVIRONMENT_LIMIT_EXCEEDED",
                    "INVENTORY_UNKNOWN",
                    "POLICY_NOT_ENFORCED",
                    "REENABLE_REQUIRED",
                    "KEY_EXPIRING",
                    "RESTORE_AT_RISK",
                    "DELETION_IMMINENT",
                    "ENFORCEMENT_LATE"),
            Severity.ERROR,
            Set.of(
                    "ENVIRONMENT_NOT_ELIGIBLE",
                    "KEY_EXPIRED",
                    "ENFORCEMENT_FAILED",
                    "ENFORCEMENT_DRIFT",
                    "UNEXPECTED_KEY"),
            Severity.CRITICAL,
            Set.of("KEY_REVOKED", "KEY_VERSION_DISABLED_EARLY", "PREVIOUS_KEY_UNAVAILABLE"));

    @Test
    void theWorseOfTwoProtectionsIsTheFurtherFromTheCustomersControl() {
        List<Protection> worsening =
                List.of(CUSTOMER_MANAGED, PENDING_REPROVISION, MIXED, MICROSOFT_MANAGED, UNDETERMINED, LOCKED);
        for (int i = 0; i < worsening.size(); i++) {
            for (int j = 0; j < worsening.size(); j++) {
                assertThat(worsening.get(i).worse(worsening.get(j))).isEqualTo(worsening.get(Math.max(i, j)));
            }
        }
    }

    @Test
    void onlyWhatIsUnderTheCustomersKeyLocks() {
        assertThat(Arrays.stream(Protection.values()).filter(p -> p.whenLocked() == LOCKED))
                .containsExactlyInAnyOrder(CUSTOMER_MANAGED, MIXED, LOCKED);
        assertThat(EnumSet.of(PENDING_REPROVISION, MICROSOFT_MANAGED, UNDETERMINED))
                .allMatch(p -> p.whenLocked() == p);
    }

    @Test
    void everyWarningHasTheSeverityThatIsDocumented() {
        Map<Severity, Set<String>> coded = Arrays.stream(WarningCode.values())
                .collect(Collectors.groupingBy(
                        WarningCode::severity,
                        TreeMap::new,
                        Collectors.mapping(WarningCode::name, Collectors.toSet())));
        assertThat(coded).isEqualTo(DOCUMENTED);
    }

    /// In other standings, the text of a cleared warning is that of the standing.
    @TestFactory
    Stream<DynamicTest> aWarningThatEndedHasItsOwnTextOnlyWhereThatIsTrue() {
        Set<Standing> underKey = EnumSet.of(Standing.ENABLED, Standing.OVER_LIMIT, Standing.INVENTORY_UNKNOWN);
        Set<Standing> notDeleted = EnumSet.complementOf(EnumSet.of(Standing.DELETED));
        return Arrays.stream(WarningCode.values())
                .map(code -> DynamicTest.dynamicTest(code.name(), () -> {
                    Set<Standing> expected = switch (code) {
                        case FLOW_MIGRATION_RUNNING,
                                NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY,
                                HOSTED_MACHINES_NOT_SUPPORTED,
                                FLOWS_ON_MICROSOFT_MANAGED_KEY,
                                HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED,
                                ENVIRONMENT_LIMIT_EXCEEDED,
                                POLICY_NOT_ENFORCED -> EnumSet.of(Standing.ENABLED);
                        case ROTATION_IGNORED_PINNED_VERSION,
                                REENABLE_REQUIRED,
                                KEY_EXPIRING,
                                KEY_EXPIRED,
                                KEY_REVOKED,
                                KEY_VERSION_DISABLED_EARLY,
                                PREVIOUS_KEY_UNAVAILABLE,
                                DELETION_IMMINENT -> underKey;
                        case RETAIN_KEY,
                                RESTORE_AT_RISK,
                                ENFORCEMENT_LATE,
                                ENFORCEMENT_FAILED,
                                ENFORCEMENT_DRIFT,
                                UNEXPECTED_KEY -> notDeleted;
                        case ENVIRONMENT_LIMIT_NEAR -> EnumSet.allOf(Standing.class);
                        case INVENTORY_UNKNOWN ->
                            EnumSet.of(Standing.ENABLED, Standing.OVER_LIMIT, Standing.NOT_ELIGIBLE);
                        case ENVIRONMENT_NOT_ELIGIBLE -> EnumSet.of(Standing.ENABLED, Standing.OVER_LIMIT);
                    };
                    for (Standing standing : Standing.values()) {
                        assertThat(code.clearedMessage(standing, NAME))
                                .as("%s", standing)
                                .isEqualTo((expected.contains(standing) ? code.clearedMessage() : standing.sentence())
                                        .replace("%0$s", NAME.toString()));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyTextIsAFullSentence() {
        return Arrays.stream(WarningCode.values())
                .flatMap(code -> Stream.of(
                                message(code), code.remediation(), code.clearedMessage(Standing.ENABLED, NAME))
                        .map(text -> DynamicTest.dynamicTest(
                                code + ": " + text,
                                () -> assertThat(text)
                                        .matches("[A-Z0-9].*\\.")
                                        .doesNotContain("null", "  ", "%")
                                        .hasSizeBetween(20, 400))));
    }

    /// The text as raised, with a value for each placeholder; the text about flows is the profile's.
    private static String message(WarningCode code) {
        return code == WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY
                ? Profiles.FLOW_WARNING + "."
                : OpenWarning.of(
                                code,
                                code.messageTemplate().endsWith("%1$s") ? "Value." : "Value",
                                "value",
                                "Value.",
                                "Value.")
                        .message(NAME);
    }

    @Test
    void everyRuleIsOneSentence() {
        assertThat(Rule.values())
                .hasSize(32)
                .allSatisfy(rule ->
                        assertThat(rule.sentence()).matches("[A-Z].*\\.").hasSizeBetween(20, 200));
    }

    @Test
    void aValueThatLooksLikeAPlaceholderStaysAsItIs() {
        assertThat(OpenWarning.of(WarningCode.HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED, "100%s")
                        .message(NAME))
                .endsWith(": 100%s.");
    }

    /// An update follows from the content of the text and the subjects, dates to the minute, and from nothing
    /// else.
    @Test
    void whatMakesAnUpdate() {
        OpenWarning base = warning(OpenWarning.of(WarningCode.RETAIN_KEY, Facts.day(1)), Severity.INFO, "a", "b");

        assertThat(warning(
                                OpenWarning.of(
                                        WarningCode.RETAIN_KEY, Facts.day(1).plusSeconds(59)),
                                Severity.INFO,
                                "a",
                                "b")
                        .fingerprint())
                .isEqualTo(base.fingerprint());
        assertThat(Stream.of(
                        warning(
                                OpenWarning.of(
                                        WarningCode.RETAIN_KEY, Facts.day(1).plusSeconds(60)),
                                Severity.INFO,
                                "a",
                                "b"),
                        warning(OpenWarning.of(WarningCode.RETAIN_KEY, Facts.day(1)), Severity.ERROR, "a", "b"),
                        warning(OpenWarning.of(WarningCode.RETAIN_KEY, Facts.day(1)), Severity.INFO, "ab"),
                        warning(OpenWarning.of(WarningCode.RETAIN_KEY, Facts.day(1)), Severity.INFO, "a"),
                        warning(OpenWarning.of(WarningCode.RETAIN_KEY), Severity.INFO, "a", "b")))
                .extracting(OpenWarning::fingerprint)
                .doesNotContain(base.fingerprint())
                .doesNotHaveDuplicates();
        assertThat(OpenWarning.of(WarningCode.RETAIN_KEY, new OpenWarning.Count(1))
                        .fingerprint())
                .isEqualTo(OpenWarning.of(WarningCode.RETAIN_KEY, new OpenWarning.Count(2))
                        .fingerprint());
        assertThat(OpenWarning.of(WarningCode.RETAIN_KEY, "\u2068א\u2069").fingerprint())
                .as("isolation is wording")
                .isEqualTo(OpenWarning.of(WarningCode.RETAIN_KEY, "א").fingerprint());
    }

    private static OpenWarning warning(OpenWarning warning, Severity severity, String... subjects) {
        return new OpenWarning(warning.code(), severity, List.of(subjects), warning.arguments());
    }

    /// A record names a hundred subjects; what makes an update are all of them.
    @Test
    void theHundredAndFirstSubjectMakesAnUpdate() {
        List<String> many = IntStream.range(0, 101).mapToObj("%03d"::formatted).toList();
        OpenWarning warning = OpenWarning.about(WarningCode.HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED, many, "x");
        OpenWarning fewer =
                OpenWarning.about(WarningCode.HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED, many.subList(0, 100), "x");

        assertThat(warning.firstSubjects()).isEqualTo(fewer.subjects());
        assertThat(warning.fingerprint()).isNotEqualTo(fewer.fingerprint());
    }

    /// The platform's page "Change the environment's encryption key": a key that is only enabled restores no
    /// backup.
    @Test
    void whatIsToBeDoneIsAllThatHasToBeDone() {
        assertThat(WarningCode.RETAIN_KEY.remediation()).contains("enabled", "delete", "vault", "permissions");
        assertThat(WarningCode.REENABLE_REQUIRED.remediation()).contains("Reader role", "enterprise policy");
    }

    @ParameterizedTest
    @EnumSource(WarningCode.class)
    void aMessageIsItsTemplateWithTheValuesInTheirPlaces(WarningCode code) {
        Instant moment = Instant.parse("2026-03-01T10:00:59.999Z");

        assertThat(OpenWarning.of(code, "One", moment, 3, Rule.R3a).message(NAME))
                .isEqualTo(String.format(
                        Locale.ROOT,
                        code.messageTemplate().replace("%0$s", NAME.toString()),
                        "One",
                        "2026-03-01 10:00 UTC",
                        3,
                        Rule.R3a));
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 1970-01-01 00:00 UTC",
        "2028-02-29T23:59:59.999999999Z, 2028-02-29 23:59 UTC",
        "0099-12-31T05:07:30Z, 0099-12-31 05:07 UTC",
        "-0001-01-02T03:04:05Z, -0001-01-02 03:04 UTC",
        "+12345-06-07T08:09:10Z, +12345-06-07 08:09 UTC"
    })
    void datesAreToTheMinute(Instant moment, String text) {
        assertThat(OpenWarning.date(moment)).isEqualTo(text);
    }

    @Test
    void eventsAreNamedAfterTheirSchemas() {
        assertThat(Facts.applied(Facts.day(1), "p1", "k1").type()).isEqualTo("PolicyApplied");
        assertThat(Facts.limit(Facts.day(1), 1).type()).isEqualTo("TenantLimitChanged");
    }

    @Test
    void verdictsCannotBeChanged() {
        Verdict verdict = ReferenceModel.after(
                        Profiles.SEED,
                        List.of(
                                Facts.snapshot(Facts.day(1), Inventory.production()),
                                Facts.applied(Facts.day(2), "p1", "k1")))
                .verdict(Facts.E1)
                .orElseThrow();
        assertThat(verdict.openWarnings()).isUnmodifiable();
        assertThat(verdict.suppressedSinks()).isUnmodifiable();
        assertThat(verdict.rules()).isUnmodifiable();
        assertThat(verdict.decision().components()).isUnmodifiable();
        assertThat(verdict.decision().retainUntil()).isUnmodifiable();
    }
}
