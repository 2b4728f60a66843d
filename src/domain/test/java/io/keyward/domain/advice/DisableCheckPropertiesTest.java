package io.keyward.domain.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Decider;
import io.keyward.domain.EventHistories;
import io.keyward.domain.Facts;
import io.keyward.domain.FormerKeyPeriod;
import io.keyward.domain.History;
import io.keyward.domain.Inventory;
import io.keyward.domain.Outcome;
import io.keyward.domain.Profiles;
import io.keyward.domain.ReferenceModel;
import io.keyward.domain.Report;
import io.keyward.domain.ReportHistories;
import io.keyward.domain.RuleProfile;
import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.KeyReference;
import io.keyward.testing.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/// R27: disabling what was called safe locks nothing, whenever it is done and whatever else happens meanwhile.
class DisableCheckPropertiesTest {
    private static final int TRIES = 600;

    /// Keys and versions that are checked in each history.
    private static final List<KeyReference> TARGETS = List.of(
            Facts.unpinned("k1"),
            Facts.pinned("k1", "v1"),
            Facts.pinned("k1", "v2"),
            Facts.pinned("k1", "v3"),
            Facts.unpinned("k2"),
            Facts.pinned("k2", "v1"));

    @Provide
    Arbitrary<List<Event>> any() {
        return EventHistories.of(EventHistories.ALL, 30);
    }

    @Provide
    Arbitrary<List<Event>> later() {
        return EventHistories.of(EventHistories.ALL, 12);
    }

    @Provide
    Arbitrary<List<Event>> reported() {
        return ReportHistories.of(EventHistories.ALL, 24);
    }

    @Provide
    Arbitrary<RuleProfile> profiles() {
        return Arbitraries.of(Profiles.ALL);
    }

    @Provide
    Arbitrary<RuleProfile> evidence() {
        return Arbitraries.of(Profiles.SEED, Profiles.REPORT, Profiles.REQUIRE);
    }

    @Property(tries = TRIES)
    void disablingWhatIsSafeLocksNothing(
            @ForAll("any") List<Event> events,
            @ForAll("later") List<Event> later,
            @ForAll("profiles") RuleProfile profile,
            @ForAll boolean settle) {
        if (settle) {
            events = settled(events);
        }
        ReferenceModel before = ReferenceModel.after(profile, events);
        for (KeyReference key : TARGETS) {
            for (int days : List.of(48, 100)) {
                DisableVerdict answer = ask(before, profile, key, Facts.day(days));
                if (answer.users() > 0) {
                    Statistics.label("safe").collect(answer.safe());
                    if (answer.safe()) {
                        check(before, unrelated(later, key, answer.at()), key, answer);
                    }
                }
            }
        }
        Tries.reach("safe", answers -> answers.check(true).percentage(share -> share > 8));
    }

    /// With reports among the facts: what is safe is neither reported nor, where reports are used, left unproven,
    /// and disabling it still locks nothing.
    @Property(tries = TRIES)
    void whatIsSafeIsReportedNowhere(
            @ForAll("reported") List<Event> events,
            @ForAll("later") List<Event> later,
            @ForAll("evidence") RuleProfile profile,
            @ForAll boolean settle) {
        List<Event> all = new ArrayList<>(settle ? settled(events) : events);
        if (settle) {
            all.addAll(shown());
        }
        ReferenceModel before = ReferenceModel.after(profile, all);
        for (KeyReference key : TARGETS) {
            DisableVerdict answer = ask(before, profile, key, Facts.day(100));
            Statistics.label("safe under " + profile.evidence()).collect(answer.safe() && answer.users() > 0);
            before.tenants()
                    .forEach(tenant -> tenant.environments().forEach(environment -> {
                        Reports reports = tenant.reports(environment);
                        if (reports.components().values().stream()
                                .flatMap(component -> component.parts().values().stream())
                                .anyMatch(part -> counts(part.latest().report(), key))) {
                            assertThat(answer.counts()).containsKey(DisableBlocker.Code.IN_USE);
                        }
                        if (answer.safe() && profile.evidence() != RuleProfile.Evidence.IGNORE) {
                            assertShown(tenant.history(environment), reports, key);
                        }
                    }));
            if (answer.safe()) {
                check(before, unrelated(later, key, answer.at()), key, answer);
            }
        }
        if (profile.equals(Profiles.REPORT)) {
            Tries.reach("safe under REPORT", answers -> answers.check(true).percentage(share -> share > 2));
        }
    }

    /// Reports of every component and part, later than everything else, that nothing is under a customer key.
    private static List<Event> shown() {
        List<Event> shown = new ArrayList<>();
        for (String tenant : List.of("contoso", "fabrikam")) {
            for (int i = 1; i <= 4; i++) {
                for (Component component : Component.values()) {
                    for (String part : List.of("", "a", "b", "c")) {
                        Event.EnforcementReported report = Facts.reported(
                                Facts.day(90), Report.of(component).part(part));
                        shown.add(Facts.ofTenant(tenant, Facts.in("e" + i, report)));
                    }
                }
            }
        }
        return shown;
    }

    /// Every part of an environment whose data is or was under the key has been clean without items under the
    /// target.
    private static void assertShown(History history, Reports reports, KeyReference key) {
        boolean under = Stream.concat(
                        history.keyPeriod().stream(),
                        history.formerPeriods().stream().map(FormerKeyPeriod::period))
                .anyMatch(period -> period.key().equals(key.key()));
        if (!under) {
            return;
        }
        for (Component component : Component.values()) {
            if (component != Component.NON_OAUTH_CONNECTIONS && component != Component.HOSTED_MACHINES) {
                ComponentReports reported = reports.of(component);
                assertThat(reported.known()).isPresent();
                assertThat(reported.parts().keySet())
                        .containsAll(reported.known().orElseThrow().names());
                assertThat(reported.parts().values())
                        .allSatisfy(part -> assertThat(part.clean())
                                .hasValueSatisfying(clean ->
                                        assertThat(counts(clean.report(), key)).isFalse()));
            }
        }
    }

    private static boolean counts(EnforcementReport report, KeyReference target) {
        return report.items().stream()
                .flatMap(items -> items.key().stream())
                .anyMatch(key -> target.version().isPresent()
                        ? key.equals(target)
                        : key.key().equals(target.key()));
    }

    /// The same history, after which every key is usable and has got a new version, and every environment is
    /// enabled.
    private static List<Event> settled(List<Event> events) {
        List<Event> settled = new ArrayList<>(events);
        for (String tenant : List.of("contoso", "fabrikam")) {
            for (String key : List.of("k1", "k2", "k3")) {
                settled.add(Facts.ofTenant(tenant, Facts.restored(Facts.day(45), key)));
                settled.add(Facts.ofTenant(tenant, Facts.rotated(Facts.day(45), key, "v4")));
            }
            for (int i = 1; i <= 4; i++) {
                settled.add(Facts.ofTenant(
                        tenant, Facts.in("e" + i, Facts.snapshot(Facts.day(46), Inventory.production()))));
            }
        }
        return settled;
    }

    private static DisableVerdict ask(ReferenceModel model, RuleProfile profile, KeyReference key, Instant moment) {
        DisableCheck check = new DisableCheck(new Decider(profile), key, moment, (_, _) -> true);
        model.tenants().forEach(tenant -> tenant.environments().forEach(e -> check.add(tenant.knownWithAllKeys(e))));
        return check.answer();
    }

    /// Disabled at once, and after other events; then time passes.
    private static void check(ReferenceModel before, List<Event> later, KeyReference key, DisableVerdict answer) {
        for (int index = 0; index <= later.size(); index += Math.max(1, later.size())) {
            Instant at = index == 0 ? answer.at() : later.get(index - 1).occurredAt();
            List<Event> with = new ArrayList<>(later);
            for (String tenant : Set.of("contoso", "fabrikam")) {
                with.add(index, Facts.ofTenant(tenant, Facts.revoked(at, key, RevocationCause.KEY_DISABLED)));
            }
            assertThat(locks(before.copy(), with, at))
                    .as("%s disabled at %s; %s", key, at, answer)
                    .isEqualTo(locks(before.copy(), later, at));
        }
    }

    private static Map<String, Object> locks(ReferenceModel model, List<Event> later, Instant at) {
        later.forEach(model::accept);
        Map<String, Object> locks = new TreeMap<>();
        for (Duration wait : List.of(Duration.ZERO, Duration.ofDays(40))) {
            model.letTimePass(at.plus(wait));
            model.verdicts().forEach((name, verdict) -> locks.put(wait + " " + name, locksOf(verdict)));
        }
        return locks;
    }

    /// The state, and the texts of the warnings that disabling must not raise.
    private static List<Object> locksOf(Verdict verdict) {
        return List.of(
                verdict.decision().encryptionState(),
                text(verdict, WarningCode.KEY_REVOKED),
                text(verdict, WarningCode.KEY_VERSION_DISABLED_EARLY),
                text(verdict, WarningCode.RESTORE_AT_RISK));
    }

    private static String text(Verdict verdict, WarningCode code) {
        OpenWarning open = verdict.openWarnings().get(code);
        return open == null ? "" : open.message(Outcome.NAME);
    }

    /// What may happen meanwhile: everything that does not bring data under the key again, or name the version as
    /// current. All of it happens after the answer.
    private static List<Event> unrelated(List<Event> later, KeyReference key, Instant asOf) {
        List<Event> result = new ArrayList<>();
        for (Event event : EventHistories.inOrder(later)) {
            Instant at = asOf.plus(Duration.ofHours(1 + result.size()));
            if (!brings(event, key) && !(event instanceof Event.TimeReached)) {
                result.add(moved(event, at));
            }
        }
        return result;
    }

    private static boolean brings(Event event, KeyReference key) {
        return switch (event) {
            case Event.PolicyApplied e -> e.key().key().equals(key.key());
            case Event.KeyRotated e ->
                e.key().equals(key.key())
                        && (e.newVersion().equals(key.version().orElse(e.newVersion()))
                                || e.previousVersion().equals(key.version()));
            case Event.KeyRestored e -> e.key().equals(key.key());
            case Event.KeyRevoked e -> e.key().equals(key.key());
            default -> false;
        };
    }

    private static Event moved(Event event, Instant at) {
        return switch (event) {
            case Event.PolicyApplied e ->
                new Event.PolicyApplied(
                        e.tenantId(), Facts.stamp(at, "later"), e.environmentId(), e.policyId(), e.key());
            case Event.PolicyRemoved e ->
                new Event.PolicyRemoved(e.tenantId(), Facts.stamp(at, "later"), e.environmentId(), e.policyId());
            case Event.EnvironmentChanged e ->
                new Event.EnvironmentChanged(
                        e.tenantId(), Facts.stamp(at, "later"), e.environmentId(), e.snapshot(), e.runtimeEnabled());
            case Event.KeyRotated e ->
                new Event.KeyRotated(
                        e.tenantId(),
                        Facts.stamp(at, "later"),
                        e.key(),
                        e.newVersion(),
                        e.previousVersion(),
                        e.expiresAt());
            case Event.KeyRevoked e ->
                new Event.KeyRevoked(e.tenantId(), Facts.stamp(at, "later"), e.key(), e.version(), e.cause());
            case Event.KeyRestored e ->
                new Event.KeyRestored(e.tenantId(), Facts.stamp(at, "later"), e.key(), e.version(), e.cause());
            case Event.KeyExpiring e ->
                new Event.KeyExpiring(e.tenantId(), Facts.stamp(at, "later"), e.key(), e.version(), e.expiresAt());
            case Event.TenantLimitChanged e ->
                new Event.TenantLimitChanged(e.tenantId(), Facts.stamp(at, "later"), e.environmentLimit());
            case Event.EnforcementReported e ->
                new Event.EnforcementReported(
                        e.tenantId(),
                        Facts.stamp(at, "later"),
                        e.environmentId(),
                        e.component(),
                        e.part(),
                        e.report(),
                        e.parts());
            case Event.TenantErased e -> new Event.TenantErased(e.tenantId(), Facts.stamp(at, "later"));
            case Event.TimeReached e -> e;
        };
    }
}
