package io.keyward.domain.decision;

import static io.keyward.domain.decision.WarningCode.DELETION_IMMINENT;
import static io.keyward.domain.decision.WarningCode.ENFORCEMENT_DRIFT;
import static io.keyward.domain.decision.WarningCode.ENFORCEMENT_FAILED;
import static io.keyward.domain.decision.WarningCode.ENFORCEMENT_LATE;
import static io.keyward.domain.decision.WarningCode.ENVIRONMENT_LIMIT_EXCEEDED;
import static io.keyward.domain.decision.WarningCode.ENVIRONMENT_LIMIT_NEAR;
import static io.keyward.domain.decision.WarningCode.ENVIRONMENT_NOT_ELIGIBLE;
import static io.keyward.domain.decision.WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY;
import static io.keyward.domain.decision.WarningCode.FLOW_MIGRATION_RUNNING;
import static io.keyward.domain.decision.WarningCode.HOSTED_MACHINES_NOT_SUPPORTED;
import static io.keyward.domain.decision.WarningCode.HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED;
import static io.keyward.domain.decision.WarningCode.INVENTORY_UNKNOWN;
import static io.keyward.domain.decision.WarningCode.KEY_EXPIRED;
import static io.keyward.domain.decision.WarningCode.KEY_EXPIRING;
import static io.keyward.domain.decision.WarningCode.KEY_REVOKED;
import static io.keyward.domain.decision.WarningCode.KEY_VERSION_DISABLED_EARLY;
import static io.keyward.domain.decision.WarningCode.NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY;
import static io.keyward.domain.decision.WarningCode.POLICY_NOT_ENFORCED;
import static io.keyward.domain.decision.WarningCode.PREVIOUS_KEY_UNAVAILABLE;
import static io.keyward.domain.decision.WarningCode.REENABLE_REQUIRED;
import static io.keyward.domain.decision.WarningCode.RESTORE_AT_RISK;
import static io.keyward.domain.decision.WarningCode.RETAIN_KEY;
import static io.keyward.domain.decision.WarningCode.ROTATION_IGNORED_PINNED_VERSION;
import static io.keyward.domain.decision.WarningCode.UNEXPECTED_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Assessment;
import io.keyward.domain.EventHistories;
import io.keyward.domain.Facts;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.ReferenceTenant;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.Situation;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.FlowMigration;
import io.keyward.domain.event.Protection;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.id.EnvironmentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// No text of a cleared warning contradicts the facts and the verdict. Each text is compared with its claim,
/// which is stated in terms of the verdict and the facts, not of the code that chose the text.
class ClearedTextsPropertiesTest {
    /// A verdict with its situation, and the warning that has ended.
    private record Case(Verdict verdict, Situation situation, Publication.OfWarning ended) {
        Protection of(Component component) {
            return verdict.decision().components().get(component).protection();
        }

        boolean in(EncryptionState... states) {
            return Arrays.asList(states).contains(verdict.decision().encryptionState());
        }

        boolean nothingUnderCustomerKey() {
            return verdict.decision().components().values().stream()
                    .allMatch(c -> c.protection() == Protection.MICROSOFT_MANAGED);
        }

        Snapshot snapshot() {
            return situation.snapshot().orElseThrow();
        }

        /// The announced expiry of the version in force.
        Optional<Instant> expiry() {
            return situation.keyPeriod().expiryAnnounced().map(Fact.Expiry::expiresAt);
        }

        boolean reached(Instant moment) {
            return !moment.isAfter(situation.asOf());
        }

        /// Whether a mark is reached for the date that is known now. An environment that lives for seven days has
        /// no mark of seven days.
        boolean deletionIsSoon() {
            return verdict.decision()
                    .expectedDeletionAt()
                    .filter(deletion -> IntStream.of(7, 3, 1)
                            .filter(days -> snapshot()
                                            .type()
                                            .lifeWhenLocked()
                                            .orElseThrow()
                                            .toDays()
                                    > days)
                            .anyMatch(days -> reached(deletion.minus(Duration.ofDays(days)))))
                    .isPresent();
        }

        /// What is reported of the components of the warning, as far as reports are taken into account.
        List<ComponentEnforcement> reported() {
            return ended.incident().subjects().stream()
                    .flatMap(
                            component -> Stream.ofNullable(verdict.enforcement().get(Component.valueOf(component))))
                    .toList();
        }

        boolean isDue(ComponentEnforcement reported) {
            return reported.lateFrom().filter(this::reached).isPresent();
        }

        boolean slotHeld() {
            return situation.suppressed() && situation.snapshot().isPresent();
        }
    }

    private static final Map<String, Predicate<Case>> CLAIMS = Map.ofEntries(
            claim(Standing.DELETED, c -> c.in(EncryptionState.DELETED)),
            claim(Standing.NO_POLICY, Case::nothingUnderCustomerKey),
            claim(Standing.OVER_LIMIT, c -> c.of(Component.CLOUD_FLOWS) == Protection.MICROSOFT_MANAGED),
            claim(Standing.INVENTORY_UNKNOWN, c -> c.situation().snapshot().isEmpty()),
            claim(
                    FLOW_MIGRATION_RUNNING,
                    c -> c.snapshot()
                            .flowMigration()
                            .filter(m -> m.state() == FlowMigration.State.RUNNING)
                            .isEmpty()),
            claim(
                    NON_OAUTH_CONNECTIONS_ON_MICROSOFT_MANAGED_KEY,
                    c -> c.snapshot().nonOAuthConnections() == 0),
            claim(HOSTED_MACHINES_NOT_SUPPORTED, c -> c.snapshot().hostedMachines() == 0),
            claim(
                    ROTATION_IGNORED_PINNED_VERSION,
                    c -> c.situation().history().policyInForce().isEmpty()
                            || c.situation().keyPeriod().newestVersion().isEmpty()
                            || c.situation()
                                    .keyPeriod()
                                    .reference()
                                    .version()
                                    .equals(c.situation().keyPeriod().newestVersion())),
            claim(
                    RETAIN_KEY,
                    c -> c.verdict().decision().retainUntil().stream()
                            .allMatch(kept -> kept.key().version().isPresent())),
            claim(
                    FLOWS_ON_MICROSOFT_MANAGED_KEY,
                    c -> EnumSet.of(Protection.CUSTOMER_MANAGED, Protection.LOCKED)
                            .containsAll(List.of(c.of(Component.CLOUD_FLOWS), c.of(Component.DESKTOP_FLOWS)))),
            claim(HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED, Case::slotHeld),
            claim(ENVIRONMENT_LIMIT_EXCEEDED, Case::slotHeld),
            claim(INVENTORY_UNKNOWN, c -> c.situation().snapshot().isPresent()),
            claim(POLICY_NOT_ENFORCED, c -> c.snapshot().eligible()),
            claim(REENABLE_REQUIRED, c -> !c.in(EncryptionState.RECOVERABLE)),
            claim(
                    KEY_EXPIRING,
                    c -> c.expiry().isEmpty()
                            || c.reached(c.expiry().get())
                            || !c.reached(c.expiry().get().minus(Duration.ofDays(30)))),
            claim(
                    RESTORE_AT_RISK,
                    c -> c.situation().history().formerPeriods().stream()
                            .noneMatch(f -> f.keptUntil().isAfter(c.situation().asOf()) && f.restoreAtRisk())),
            claim(ENVIRONMENT_NOT_ELIGIBLE, c -> c.snapshot().eligible()),
            claim(
                    KEY_EXPIRED,
                    c -> c.situation().openLocks().stream().anyMatch(lock -> lock.rule() == Rule.R23)
                            || (c.situation().expiredWithoutLock().isEmpty()
                                    && c.expiry().filter(c::reached).isEmpty())),
            claim(KEY_REVOKED, c -> c.situation().openLocks().stream().allMatch(lock -> lock.rule() == Rule.R17)),
            claim(
                    KEY_VERSION_DISABLED_EARLY,
                    c -> c.situation().openLocks().stream().noneMatch(lock -> lock.rule() == Rule.R17)),
            claim(
                    PREVIOUS_KEY_UNAVAILABLE,
                    c -> c.situation().history().blockedBy().isEmpty()),
            claim(DELETION_IMMINENT, c -> !c.deletionIsSoon()),
            claim(
                    ENFORCEMENT_LATE,
                    c -> c.reported().stream()
                            .noneMatch(
                                    reported -> reported.status() != EnforcementStatus.ENFORCED && c.isDue(reported))),
            claim(
                    ENFORCEMENT_FAILED,
                    c -> c.reported().stream().noneMatch(reported -> reported.status() == EnforcementStatus.FAILED)),
            claim(
                    ENFORCEMENT_DRIFT,
                    c -> c.reported().stream()
                            .flatMap(reported -> reported.parts().stream())
                            .allMatch(part -> part.strayed().isEmpty() && part.status() != EnforcementStatus.DRIFTED)),
            claim(
                    UNEXPECTED_KEY,
                    c -> c.reported().stream()
                            .allMatch(reported -> reported.unexpectedKeys().isEmpty())));

    private static Map.Entry<String, Predicate<Case>> claim(WarningCode code, Predicate<Case> holds) {
        return Map.entry(general(code.clearedMessage()), holds);
    }

    private static Map.Entry<String, Predicate<Case>> claim(Standing standing, Predicate<Case> holds) {
        return Map.entry(general(standing.sentence()), holds);
    }

    private static String general(String text) {
        return text.replace("%0$s", "environment …");
    }

    @Provide
    Arbitrary<List<Event>> any() {
        return ReportHistories.of(EventHistories.ALL, 25);
    }

    @Property(tries = 2_000)
    void noTextContradictsItsVerdict(@ForAll("any") List<Event> events) {
        for (RuleProfile profile : List.of(Profiles.SEED, Profiles.EXPIRY_WARNS, Profiles.MIGRATE, Profiles.REPORT)) {
            ReferenceModel model = new ReferenceModel(profile);
            for (Event event : events) {
                for (Publication publication : model.accept(event)) {
                    if (publication instanceof Publication.OfWarning warning
                            && warning.clearedAt().isPresent()
                            && warning.environmentId().isPresent()) {
                        assertTrue(warning, model.tenant(event.tenantId()));
                    }
                }
            }
        }
    }

    private static void assertTrue(Publication.OfWarning warning, ReferenceTenant tenant) {
        EnvironmentId environment = warning.environmentId().orElseThrow();
        String text = warning.message()
                .replace(
                        new EnvironmentName(environment, warning.about().environmentName()).toString(),
                        "environment …");
        Optional<Assessment> made = tenant.assessment(environment);
        if (made.isEmpty()) { // purged
            assertThat(text).isEqualTo(general(Standing.DELETED.sentence()));
            return;
        }
        Assessment assessment = made.get();
        Case now = new Case(assessment.verdict(), assessment.situation(), warning);
        assertThat(CLAIMS).containsKey(text);
        assertThat(CLAIMS.get(text).test(now))
                .as("%s of %s with %s", text, warning.code(), now.verdict())
                .isTrue();
    }

    /// Each text has a claim, except those of the tenant's warning and of being enabled.
    @Test
    void everyTextHasAClaim() {
        Set<String> texts = Arrays.stream(WarningCode.values())
                .filter(code -> code != ENVIRONMENT_LIMIT_NEAR)
                .map(WarningCode::clearedMessage)
                .collect(Collectors.toSet());
        Arrays.stream(Standing.values())
                .filter(standing -> standing != Standing.ENABLED)
                .map(Standing::sentence)
                .forEach(texts::add);
        assertThat(CLAIMS.keySet())
                .isEqualTo(
                        texts.stream().map(ClearedTextsPropertiesTest::general).collect(Collectors.toSet()));
    }

    /// If two warnings of one code ended for different reasons, their texts differ.
    @Test
    void aWarningThatEndedWithThePolicyClaimsNothingOfTheKey() {
        EnvironmentName name = new EnvironmentName(Facts.E1, Optional.empty());
        assertThat(FLOWS_ON_MICROSOFT_MANAGED_KEY.clearedMessage(Standing.NO_POLICY, name))
                .isEqualTo(KEY_REVOKED.clearedMessage(Standing.NO_POLICY, name))
                .isNotEqualTo(RETAIN_KEY.clearedMessage(Standing.NO_POLICY, name));
        assertThat(KEY_REVOKED.clearedMessage(Standing.DELETED, name))
                .isEqualTo(RETAIN_KEY.clearedMessage(Standing.DELETED, name));
    }
}
