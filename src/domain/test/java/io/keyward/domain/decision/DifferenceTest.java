package io.keyward.domain.decision;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.as;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.purged;
import static io.keyward.domain.Facts.removed;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.rotated;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Inventory.production;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keyward.domain.Decider;
import io.keyward.domain.EnvironmentState;
import io.keyward.domain.Facts;
import io.keyward.domain.Inventory;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.ReferenceTenant;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.SeriesMemory;
import io.keyward.domain.SinkPeriods;
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
        assertThat(warning.incident().raisedAt()).isEqualTo(day(2));
        assertThat(warning.clearedAt()).isEmpty();
        Publication.OfSignal signal = (Publication.OfSignal) published.get(2);
        assertThat(signal.revision()).isEqualTo(2);
        assertThat(signal.signal()).isEqualTo(new Signal(Signal.Action.SUPPRESS, day(2), List.of()));
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
    void aChangeOfTheDecisionAlonePublishesNothingOfWarningsAndSinks() {
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

    /// The identity of another policy has to be given access to a key about which administrators were warned
    /// before (R9).
    @Test
    void aPolicyWithAnotherKeyUpdatesWhatMustBeKept() {
        on(snapshot(day(1), production()));
        on(applied(day(2), "p1", "k1"));
        on(removed(day(3), "p1"));

        assertThat(on(applied(day(4), "p2", "k2")))
                .filteredOn(Publication.OfWarning.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Publication.OfWarning.class, warning -> {
                    assertThat(warning.key()).isEqualTo("contoso/e1/RETAIN_KEY");
                    assertThat(warning.status()).isEqualTo(Publication.Status.UPDATED);
                    assertThat(warning.message()).contains("The policy p2 ", "needs access");
                });
        assertThat(on(rotated(day(5), "k2", "v1"))).noneMatch(Publication.OfWarning.class::isInstance);
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

        assertThat(warning(cleared).incident().raisedAt()).isEqualTo(day(2));
        assertThat(warning(cleared).clearedAt()).contains(day(3));
        assertThat(warning(cleared).message())
                .isEqualTo(
                        "No Power Automate flow of environment e1 is known to be encrypted with the Microsoft-managed key.");
        assertThat(warning(raisedAgain).incident().raisedAt()).isEqualTo(day(4));
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
    void aPurgeClearsAndTakesBackEveryRecordThatStandsAndKeepsTheRevision() {
        on(snapshot(day(1), withFlows()));
        on(applied(day(2), "p1", "k1"));
        on(snapshot(day(3), production()));
        on(snapshot(day(3).plusSeconds(1), withFlows()));
        List<Publication> tombstones = on(purged(day(4)));

        Publication.OfWarning ended = (Publication.OfWarning) tombstones.getFirst();
        assertThat(ended.status()).isEqualTo(Publication.Status.CLEARED);
        assertThat(ended.message()).isEqualTo(Standing.DELETED.sentence().replace("%0$s", "environment e1"));
        assertThat(tombstones)
                .startsWith(ended)
                .filteredOn(Publication.Retraction.class::isInstance)
                .containsExactly(
                        retraction(Publication.Kind.DECISION, "contoso/e1"),
                        retraction(Publication.Kind.WARNING, "contoso/e1/FLOWS_ON_MICROSOFT_MANAGED_KEY"),
                        retraction(Publication.Kind.SUPPRESSION, "contoso/e1/APPLICATION_INSIGHTS"),
                        retraction(Publication.Kind.SUPPRESSION, "contoso/e1/DATA_LAKE_EXPORT"),
                        retraction(Publication.Kind.SUPPRESSION, "contoso/e1/TENANT_REPORTING"));
        assertThat(on(purged(day(5)))).isEmpty();
        assertThat(on(snapshot(day(6), production())))
                .hasSize(4) // the sinks must know that nothing of before the purge may pass
                .first()
                .extracting(p -> ((Publication.OfDecision) p).revision())
                .isEqualTo(5L);
    }

    private static Publication retraction(Publication.Kind kind, String key) {
        return new Publication.Retraction(Facts.CONTOSO, kind, key);
    }

    @Test
    void aPurgeOfWhatWasNeverPublishedIsSilent() {
        assertThat(on(purged(day(4)))).isEmpty();
    }

    /// The publications after the profile has changed on day 9.
    private List<Publication> under(RuleProfile profile) {
        return under(profile, Optional.empty());
    }

    private List<Publication> under(RuleProfile profile, Optional<Instant> erasedAt) {
        ReferenceTenant tenant = model.tenant(Facts.CONTOSO);
        SinkPeriods sinks = SinkPeriods.always(Profiles.SINKS).followedBy(profile.sinks(), day(9));
        EnvironmentState state = new EnvironmentState(
                tenant.facts(Facts.E1),
                tenant.slots().of(Facts.E1),
                tenant.published(Facts.E1),
                SeriesMemory.NONE,
                Optional.empty());
        return new Decider(profile, sinks)
                .decide(
                        Facts.CONTOSO,
                        Facts.E1,
                        new Decider.Input(
                                state,
                                state.facts(),
                                tenant.reports(Facts.E1),
                                Map.of(),
                                Instant.MIN,
                                erasedAt,
                                () -> false),
                        new Cause(Trigger.PROFILE_CHANGED, profile.name(), day(9), "", 0, 0))
                .publications();
    }

    private static RuleProfile profile(String... sinks) {
        return Profiles.profile("2024-10-08", List.of(sinks), RuleProfile.Unlock.MANUAL, RuleProfile.Expiry.LOCK);
    }

    @Test
    void anotherProfilePublishesOnlyWhatDiffers() {
        on(snapshot(day(1), production()));
        on(applied(day(2), "p1", "k1"));
        List<Publication> published = under(profile("DATA_LAKE_EXPORT", "NEW_SINK", "TENANT_REPORTING"));

        assertThat(published)
                .extracting(Publication::key)
                .containsExactly("contoso/e1", "contoso/e1/APPLICATION_INSIGHTS", "contoso/e1/NEW_SINK");
        Publication.OfSignal lost = (Publication.OfSignal) published.get(1);
        assertThat(lost.reason()).isEqualTo(Rule.R14);
        assertThat(lost.revision()).isEqualTo(3);
        assertThat(lost.signal())
                .isEqualTo(new Signal(Signal.Action.ALLOW, day(9), List.of(new TimeRange(day(2), day(9)))));
        Publication.OfSignal gained = (Publication.OfSignal) published.get(2);
        assertThat(gained.signal()).isEqualTo(new Signal(Signal.Action.SUPPRESS, day(2), List.of()));
    }

    /// R15: a sink that the profile lost follows late facts, too; one that it gained receives what ends later.
    @Test
    void lateFactsReachSinksOfFormerProfiles() {
        on(snapshot(day(1), production()));
        on(removed(day(5), "p1"));
        on(as("again", applied(day(7), "p1", "k1")));
        on(as("again", removed(day(10), "p1")));
        on(applied(day(2), "p1", "k1"));

        List<Publication> published = under(profile("NEW_SINK", "TENANT_REPORTING"));
        TimeRange first = new TimeRange(day(2), day(5));
        assertThat(published)
                .filteredOn(Publication.OfSignal.class::isInstance)
                .extracting(
                        publication -> ((Publication.OfSignal) publication).sink(),
                        publication ->
                                ((Publication.OfSignal) publication).signal().gaps())
                .containsExactly(
                        tuple("APPLICATION_INSIGHTS", List.of(first, new TimeRange(day(7), day(9)))),
                        tuple("DATA_LAKE_EXPORT", List.of(first, new TimeRange(day(7), day(9)))),
                        tuple("NEW_SINK", List.of(new TimeRange(day(7), day(10)))));
    }

    /// R15: what touches or overlaps is one interval, and a sink that the profile gained receives all of it.
    @Test
    void aNewSinkReceivesAnIntervalWhole() {
        on(snapshot(day(1), production()));
        on(applied(day(2), "p1", "k1"));

        assertThat(under(profile("NEW_SINK", "TENANT_REPORTING"), Optional.of(day(3))))
                .filteredOn(publication -> publication.key().endsWith("NEW_SINK"))
                .extracting(publication -> ((Publication.OfSignal) publication).signal())
                .containsExactly(new Signal(Signal.Action.SUPPRESS, Instant.EPOCH, List.of()));
    }

    @Test
    void aProfileWithFewerSinksAllowsTheOthers() {
        on(snapshot(day(1), production()));
        on(applied(day(2), "p1", "k1"));

        assertThat(under(profile("DATA_LAKE_EXPORT")))
                .extracting(Publication::key)
                .containsExactly("contoso/e1", "contoso/e1/APPLICATION_INSIGHTS", "contoso/e1/TENANT_REPORTING");
    }

    @Test
    void aProfileThatChangesNothingHerePublishesNothing() {
        on(snapshot(day(1), production()));
        on(applied(day(2), "p1", "k1"));

        assertThat(under(profile(Profiles.SINKS.toArray(String[]::new)))).isEmpty();
    }
}
