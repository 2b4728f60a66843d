package io.keyward.domain.decision;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.purged;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Assessment;
import io.keyward.domain.Decider;
import io.keyward.domain.Facts;
import io.keyward.domain.Inventory;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.ReferenceTenant;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// R15 and docs/domain.md, "Verdict and difference": only changes are published, together, and what no longer
/// exists is retracted.
class DifferenceTest {
    private final ReferenceModel model = new ReferenceModel(Profiles.SEED);

    private List<Publication> on(Event event) {
        return model.accept(event);
    }

    private static Inventory withFlows() {
        return production().cloudFlows(1, day(0), day(0));
    }

    @Test
    void theFirstSnapshotPublishesTheFirstDecisionAndMentionsNoSink() {
        List<Publication> published = on(snapshot(day(1), withFlows()));

        assertThat(published).hasSize(1);
        Publication.OfDecision decision = (Publication.OfDecision) published.getFirst();
        assertThat(decision.revision()).isEqualTo(1);
        assertThat(decision.key()).isEqualTo("contoso/e1");
        assertThat(decision.ruleProfile()).isEqualTo("2024-07-23");
        assertThat(decision.openWarnings()).isEmpty();
        assertThat(decision.suppressedSinks()).isEmpty();
        assertThat(decision.cause().eventType()).isEqualTo("EnvironmentChanged");
        assertThat(decision.cause().occurredAt()).isEqualTo(day(1));
    }

    @Test
    void oneCausePublishesDecisionWarningsAndSignalsTogether() {
        on(snapshot(day(1), withFlows()));
        List<Publication> published = on(applied(day(2), "p1", "k1"));

        assertThat(published)
                .extracting(Publication::key)
                .containsExactly(
                        "contoso/e1",
                        "contoso/e1/FLOWS_ON_MICROSOFT_MANAGED_KEY",
                        "contoso/e1/APPLICATION_INSIGHTS",
                        "contoso/e1/DATA_LAKE_EXPORT",
                        "contoso/e1/TENANT_REPORTING");
        Publication.OfDecision decision = (Publication.OfDecision) published.getFirst();
        assertThat(decision.revision()).isEqualTo(2);
        assertThat(decision.openWarnings()).containsExactly("FLOWS_ON_MICROSOFT_MANAGED_KEY");
        assertThat(decision.suppressedSinks()).isEqualTo(Profiles.SINKS);
        Publication.OfWarning warning = (Publication.OfWarning) published.get(1);
        assertThat(warning.message()).isEqualTo(Profiles.FLOW_WARNING);
        assertThat(warning.raisedAt()).isEqualTo(day(2));
        assertThat(warning.clearedAt()).isEmpty();
        Publication.OfSuppression signal = (Publication.OfSuppression) published.get(2);
        assertThat(signal.revision()).isEqualTo(2);
        assertThat(signal.suppressed()).isEqualTo(new Suppressed(day(2), Rule.R14));
    }

    @Test
    void nothingChangedPublishesNothing() {
        on(snapshot(day(1), withFlows()));
        on(applied(day(2), "p1", "k1"));

        assertThat(on(applied(day(2), "p1", "k1"))).isEmpty();
        assertThat(on(snapshot(day(3), withFlows()))).isEmpty();
        assertThat(on(revoked(day(4), "k9"))).isEmpty();
        assertThat(on(removed(day(4), "p9"))).isEmpty();
    }

    @Test
    void aChangeOfTheDecisionAloneSaysNothingOfWarningsAndSinks() {
        on(snapshot(day(1), withFlows()));
        on(applied(day(2), "p1", "k1"));

        assertThat(on(rotated(day(3), "k1", "v1"))).extracting(Publication::key).containsExactly("contoso/e1");
    }

    @Test
    void aWarningAloneIsPublishedWithADecisionThatListsIt() {
        on(snapshot(day(1), production()));
        on(applied(day(2), "p1", "k1"));
        on(removed(day(3), "p1"));
        List<Publication> published = on(revoked(day(4), "k1"));

        assertThat(published).extracting(Publication::key).containsExactly("contoso/e1", "contoso/e1/RESTORE_AT_RISK");
        assertThat(((Publication.OfDecision) published.getFirst()).openWarnings())
                .containsExactly("RETAIN_KEY", "RESTORE_AT_RISK");
    }

    @Test
    void aWarningWhoseTextWouldDifferNowIsNotRaisedAgain() {
        on(snapshot(day(1), production().nonOAuthConnections(1)));
        on(applied(day(2), "p1", "k1"));

        assertThat(on(snapshot(day(3), production().nonOAuthConnections(2)))).isEmpty();
    }

    @Test
    void aWarningIsClearedWithTheTimeItWasRaised() {
        on(snapshot(day(1), withFlows()));
        on(applied(day(2), "p1", "k1"));
        List<Publication> cleared = on(snapshot(day(3), production()));
        List<Publication> raisedAgain = on(snapshot(day(4), withFlows()));

        assertThat(warning(cleared).raisedAt()).isEqualTo(day(2));
        assertThat(warning(cleared).clearedAt()).contains(day(3));
        assertThat(warning(cleared).message()).isEqualTo(WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY.clearedMessage());
        assertThat(warning(raisedAgain).raisedAt()).isEqualTo(day(4));
        assertThat(warning(raisedAgain).clearedAt()).isEmpty();
        assertThat(raisedAgain).hasSize(2);
    }

    private static Publication.OfWarning warning(List<Publication> publications) {
        return publications.stream()
                .flatMap(p -> p instanceof Publication.OfWarning w ? Stream.of(w) : null)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPurgeTakesBackEveryRecordThatStandsAndKeepsTheRevision() {
        on(snapshot(day(1), withFlows()));
        on(applied(day(2), "p1", "k1"));
        on(snapshot(day(3), production()));
        List<Publication> tombstones = on(purged(day(4)));

        assertThat(tombstones)
                .containsExactly(
                        retraction(Publication.Kind.DECISION, "contoso/e1"),
                        retraction(Publication.Kind.WARNING, "contoso/e1/FLOWS_ON_MICROSOFT_MANAGED_KEY"),
                        retraction(Publication.Kind.SUPPRESSION, "contoso/e1/APPLICATION_INSIGHTS"),
                        retraction(Publication.Kind.SUPPRESSION, "contoso/e1/DATA_LAKE_EXPORT"),
                        retraction(Publication.Kind.SUPPRESSION, "contoso/e1/TENANT_REPORTING"));
        assertThat(on(purged(day(5)))).isEmpty();
        assertThat(on(snapshot(day(6), production())))
                .hasSize(1)
                .first()
                .extracting(p -> ((Publication.OfDecision) p).revision())
                .isEqualTo(4L);
    }

    private static Publication retraction(Publication.Kind kind, String key) {
        return new Publication.Retraction(Facts.CONTOSO, kind, key);
    }

    @Test
    void aPurgeOfWhatWasNeverPublishedIsSilent() {
        assertThat(on(purged(day(4)))).isEmpty();
    }

    /// Groups are added and removed for years; the stored state must not grow with them.
    @Test
    void ofWarningsAboutSubjectsAHundredClearedOnesStandAndTheRestIsTakenBackLater() {
        on(snapshot(day(1), groups(1, 150)));
        on(applied(day(2), "p1", "k1"));
        List<Publication> cleared = on(snapshot(day(3), production()));
        assertThat(cleared).hasSize(1 + 150).noneMatch(Publication.Retraction.class::isInstance);

        List<Publication> next = on(snapshot(day(4), groups(150, 1)));
        assertThat(next.stream().filter(Publication.OfWarning.class::isInstance))
                .extracting(Publication::key)
                .containsExactly(warning(150));
        assertThat(next.stream().filter(Publication.Retraction.class::isInstance))
                .extracting(Publication::key)
                .hasSize(49)
                .startsWith(warning(1))
                .endsWith(warning(49));
        assertThat(model.tenant(Facts.CONTOSO).published(Facts.E1).warnings()).hasSize(100 + 1);
        assertThat(on(snapshot(day(5), production())))
                .filteredOn(Publication.Retraction.class::isInstance)
                .isEmpty();
    }

    private static Inventory groups(int first, int count) {
        Inventory inventory = production();
        for (int number = first; number < first + count; number++) {
            inventory.machineGroup("g%03d".formatted(number), day(0));
        }
        return inventory;
    }

    private static String warning(int group) {
        return "contoso/e1/HOSTED_MACHINE_GROUP_REPROVISION_REQUIRED/g%03d".formatted(group);
    }

    private Difference under(RuleProfile profile) {
        ReferenceTenant tenant = model.tenant(Facts.CONTOSO);
        Optional<Verdict> verdict = new Decider(profile)
                .assess(
                        tenant.facts(Facts.E1),
                        tenant.reports(Facts.E1),
                        Map.of(),
                        Instant.MIN,
                        tenant.slots().of(Facts.E1))
                .map(Assessment::verdict);
        Cause cause = new Cause(Trigger.PROFILE_CHANGED, profile.name(), day(9), "", 0, 0);
        return Difference.between(
                tenant.published(Facts.E1),
                verdict,
                new Difference.About(Facts.CONTOSO, Facts.E1, profile.name(), cause));
    }

    private static RuleProfile profile(String... sinks) {
        return Profiles.profile("2024-10-08", List.of(sinks), RuleProfile.Unlock.MANUAL, RuleProfile.Expiry.LOCK);
    }

    @Test
    void anotherProfilePublishesOnlyWhatDiffers() {
        on(snapshot(day(1), production()));
        on(applied(day(2), "p1", "k1"));
        Difference difference = under(profile("DATA_LAKE_EXPORT", "NEW_SINK", "TENANT_REPORTING"));

        assertThat(difference.publications())
                .extracting(Publication::key)
                .containsExactly("contoso/e1", "contoso/e1/APPLICATION_INSIGHTS", "contoso/e1/NEW_SINK");
        Publication.OfAllowance allowed =
                (Publication.OfAllowance) difference.publications().get(1);
        assertThat(allowed.reason()).isEqualTo(Rule.R14);
        assertThat(allowed.gapFrom()).isEqualTo(day(2));
        assertThat(allowed.gapTo()).isEqualTo(day(9));
        assertThat(difference.published().revision()).isEqualTo(3);
    }

    @Test
    void aProfileWithFewerSinksAllowsTheOthers() {
        on(snapshot(day(1), production()));
        on(applied(day(2), "p1", "k1"));

        assertThat(under(profile("DATA_LAKE_EXPORT")).publications())
                .extracting(Publication::key)
                .containsExactly("contoso/e1", "contoso/e1/APPLICATION_INSIGHTS", "contoso/e1/TENANT_REPORTING");
    }

    @Test
    void aProfileThatChangesNothingHerePublishesNothing() {
        on(snapshot(day(1), production()));
        on(applied(day(2), "p1", "k1"));

        assertThat(under(profile(Profiles.SINKS.toArray(String[]::new))).publications())
                .isEmpty();
    }
}
