package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.domain.EventHistories;
import io.keyward.domain.Facts;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.ReferenceTenant;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Protection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/// R32: what reports may change under each use of evidence, and what they never change.
class EvidencePropertiesTest {
    private static final int TRIES = 500;
    private static final List<Topic> OUTPUTS =
            List.of(Topic.ENCRYPTION_DECISIONS, Topic.WARNINGS, Topic.ANALYTICS_SUPPRESSIONS, Topic.TIME_REACHED);

    private static final TopologyHarness WITH = TopologyHarness.start(Profiles.MIGRATE, FlowObserver.NONE);
    private static final TopologyHarness WITHOUT = TopologyHarness.start(Profiles.MIGRATE, FlowObserver.NONE);
    private static int histories;
    private static Instant clock = Facts.day(0);

    @AfterContainer
    static void stop() {
        WITH.close();
        WITHOUT.close();
    }

    @Provide
    Arbitrary<List<Event>> any() {
        return ReportHistories.of(EventHistories.ALL, 20);
    }

    @Provide
    Arbitrary<RuleProfile> ignoring() {
        return Arbitraries.of(Profiles.ALL);
    }

    @Provide
    Arbitrary<RuleProfile> profiles() {
        return Combinators.combine(Arbitraries.of(Profiles.ALL), Arbitraries.of(RuleProfile.Evidence.values()))
                .as(RuleProfile::with);
    }

    /// Where reports are ignored, a history with reports publishes what it publishes without them, also what time
    /// publishes.
    @Property(tries = TRIES)
    void ignoredReportsPublishNothing(@ForAll("any") List<Event> events, @ForAll("ignoring") RuleProfile profile) {
        ReferenceModel with = new ReferenceModel(profile);
        ReferenceModel without = new ReferenceModel(profile);
        for (Event event : events) {
            List<Publication> published = with.accept(event);
            assertThat(published)
                    .isEqualTo(event instanceof Event.EnforcementReported ? List.of() : without.accept(event));
        }
        with.letTimePass(Facts.day(100));
        without.letTimePass(Facts.day(100));
        assertThat(with.verdicts()).isEqualTo(without.verdicts());
        without.tenants()
                .forEach(tenant -> tenant.verdicts()
                        .keySet()
                        .forEach(environment -> assertThat(
                                        with.tenant(tenant.id()).published(environment))
                                .isEqualTo(tenant.published(environment))));
    }

    /// The same in the topology, byte by byte, while its clock goes on from history to history.
    @Property(tries = TRIES)
    void ignoredReportsWriteNothing(@ForAll("any") List<Event> events) {
        String prefix = "h" + histories++ + "-";
        for (Event shared : events) {
            Event event = Facts.ofTenant(prefix + shared.tenantId(), shared);
            WITH.send(event);
            if (event instanceof Event.EnforcementReported) { // the registry numbers schemas as they are first used
                WITHOUT.bytesOf(Topic.ENFORCEMENT_REPORTED, event);
            } else {
                WITHOUT.send(event);
            }
            assertThat(records(WITH)).isEqualTo(records(WITHOUT));
        }
        clock = clock.plus(Duration.ofHours(12));
        WITH.clockSays(clock);
        WITHOUT.clockSays(clock);
        assertThat(records(WITH)).isEqualTo(records(WITHOUT));
    }

    /// Without the position: it counts the reports, too.
    private static List<String> records(TopologyHarness topology) {
        List<String> records = new ArrayList<>();
        for (Topic topic : OUTPUTS) {
            topology.rawOutput(topic).forEach(record -> {
                record.headers().remove(Position.HEADER);
                records.add("%s %s %s %s %s"
                        .formatted(
                                topic,
                                record.key(),
                                record.timestamp(),
                                record.headers(),
                                record.value() == null ? "-" : HexFormat.of().formatHex(record.value())));
            });
        }
        return records;
    }

    /// Whatever is reported and whatever it is used for: the time of the verdict, locks, suppression, keys and
    /// what must be kept are the same, and so are the warnings of the other rules.
    @Property(tries = TRIES)
    void reportsMoveNeitherTimeNorLocksNorSuppression(
            @ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        ReferenceModel with = ReferenceModel.after(profile, events);
        ReferenceModel without =
                ReferenceModel.after(profile.with(RuleProfile.Evidence.IGNORE), ReportHistories.withoutReports(events));
        without.tenants()
                .forEach(tenant -> tenant.verdicts().forEach((environment, expected) -> {
                    ReferenceTenant same = with.tenant(tenant.id());
                    Verdict verdict = same.verdict(environment).orElseThrow();
                    assertThat(same.assessment(environment)
                                    .orElseThrow()
                                    .situation()
                                    .asOf())
                            .isEqualTo(tenant.assessment(environment)
                                    .orElseThrow()
                                    .situation()
                                    .asOf());
                    assertThat(untouched(verdict)).isEqualTo(untouched(expected));
                    assertThat(verdict.dueAt().orElse(Instant.MAX))
                            .isBeforeOrEqualTo(expected.dueAt().orElse(Instant.MAX));
                    componentsFollow(verdict, expected, profile.evidence());
                }));
        assertThat(with.verdicts()).hasSameSizeAs(without.verdicts());
    }

    private static List<Object> untouched(Verdict verdict) {
        Decision decision = verdict.decision();
        SortedMap<WarningCode, OpenWarning> warnings = new TreeMap<>(verdict.openWarnings());
        warnings.keySet().removeIf(ReportHistories.WARNINGS::contains);
        return List.of(
                decision.encryptionState(),
                decision.policyId(),
                decision.key(),
                decision.enabledSince(),
                decision.lockedSince(),
                decision.expectedDeletionAt(),
                decision.retainUntil(),
                decision.components().keySet(),
                warnings,
                verdict.suppressedSinks(),
                verdict.standing(),
                verdict.whyAllowed());
    }

    /// Only where reports are required, a component may be worse than the other rules say. It is never better,
    /// except OAuth connections of which a profile claims nothing until reports prove it (R5).
    private static void componentsFollow(Verdict verdict, Verdict expected, RuleProfile.Evidence evidence) {
        if (evidence != RuleProfile.Evidence.REQUIRE) {
            assertThat(verdict.decision().components())
                    .isEqualTo(expected.decision().components());
            return;
        }
        verdict.decision().components().forEach((component, claimed) -> {
            ComponentProtection decided = expected.decision().components().get(component);
            if (decided.reason() == Rule.R5 && component == Component.OAUTH_CONNECTIONS) {
                assertThat(claimed.protection())
                        .isIn(Protection.UNDETERMINED, Protection.CUSTOMER_MANAGED, Protection.LOCKED);
            } else if (!claimed.equals(decided)) {
                assertThat(claimed.reason()).isEqualTo(Rule.R32);
                assertThat(claimed.protection()).isIn(Protection.MIXED, Protection.UNDETERMINED);
                assertThat(decided.protection()).isIn(Protection.CUSTOMER_MANAGED, Protection.MIXED);
                assertThat(claimed.protection()).isNotEqualTo(decided.protection());
            }
        });
    }

    /// Where reports are required, nothing is customer-managed unless a complete report says so of the very key.
    @Property(tries = TRIES)
    void nothingIsCustomerManagedWithoutAReport(
            @ForAll("any") List<Event> events, @ForAll("ignoring") RuleProfile profile) {
        ReferenceModel model = ReferenceModel.after(profile.with(RuleProfile.Evidence.REQUIRE), events);
        model.tenants()
                .forEach(tenant -> tenant.verdicts().forEach((environment, verdict) -> {
                    Decision decision = verdict.decision();
                    decision.components().forEach((component, claimed) -> {
                        if (claimed.protection() == Protection.CUSTOMER_MANAGED) {
                            assertThat(events)
                                    .as("%s of %s/%s", component, tenant.id(), environment)
                                    .anyMatch(event -> event instanceof Event.EnforcementReported e
                                            && e.tenantId().equals(tenant.id())
                                            && e.environmentId().equals(environment)
                                            && e.component() == component
                                            && e.report().complete()
                                            && e.report().items().stream()
                                                    .allMatch(
                                                            items -> items.key().isPresent()
                                                                    && items.key()
                                                                            .get()
                                                                            .key()
                                                                            .equals(decision.key()
                                                                                    .orElseThrow()
                                                                                    .key())));
                        }
                    });
                }));
    }
}
