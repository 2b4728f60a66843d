package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Verdict;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// R28 to R32 in every history: what verdicts say of reports is what the plain list of events says.
class EnforcementPropertiesTest implements ReportArbitraries {
    private static final int TRIES = 200;

    @Provide
    Arbitrary<RuleProfile> profiles() {
        return Combinators.combine(
                        Arbitraries.of(Profiles.ALL),
                        Arbitraries.of(RuleProfile.Evidence.REPORT, RuleProfile.Evidence.REQUIRE))
                .as(RuleProfile::with);
    }

    @Property(tries = TRIES)
    void verdictsAgreeWithTheModel(@ForAll("any") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        agree(events, profile);
    }

    @Property(tries = 3 * TRIES)
    void verdictsAgreeWithTheModelOfOneEnvironment(
            @ForAll("alone") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        agree(events, profile);
    }

    @Property(tries = TRIES / 4)
    void verdictsAgreeWithTheModelWhenPartsAreMany(
            @ForAll("crowded") List<Event> events, @ForAll("profiles") RuleProfile profile) {
        agree(events, profile);
    }

    /// After every event, on every environment of its tenant.
    private static void agree(List<Event> events, RuleProfile profile) {
        ReferenceModel model = new ReferenceModel(profile);
        ReferenceModel ignoring = new ReferenceModel(profile.with(RuleProfile.Evidence.IGNORE));
        List<Event> arrived = new ArrayList<>();
        for (Event event : events) {
            model.accept(event);
            ignoring.accept(event);
            arrived.add(event);
            model.tenant(event.tenantId())
                    .verdicts()
                    .forEach((environment, verdict) -> agrees(
                            EnforcementModel.of(ignoring.tenant(event.tenantId()), environment, arrived),
                            verdict,
                            profile));
        }
    }

    private static void agrees(EnforcementModel model, Verdict verdict, RuleProfile profile) {
        assertThat(verdict.decision().enforcement()).isEqualTo(model.enforcement());
        assertThat(ofReports(verdict)).isEqualTo(model.warnings());
        verdict.decision()
                .components()
                .forEach((component, claimed) -> assertThat(claimed.protection())
                        .as("%s", component)
                        .isEqualTo(
                                profile.evidence() == RuleProfile.Evidence.REQUIRE
                                        ? model.required(component)
                                        : model.decided(component)));
        Optional.ofNullable(verdict.openWarnings().get(WarningCode.UNEXPECTED_KEY))
                .ifPresent(
                        open -> assertThat(open.severity() == Severity.CRITICAL).isEqualTo(model.isCritical()));
        verdict.enforcement().forEach((component, known) -> {
            assertThat(known.assessed()).isEqualTo(model.enforcement().containsKey(component));
            if (!known.assessed()) {
                return;
            }
            assertThat(known.desired()).as("%s", component).isEqualTo(model.desired(component));
            assertThat(known.parts().stream().map(part -> part.name()))
                    .as("%s", component)
                    .containsExactlyElementsOf(model.known(component));
            assertThat(known.parts())
                    .allSatisfy(part -> assertThat(part.status()).isEqualTo(model.status(component, part.name())));
            known.lateFrom().ifPresent(from -> assertThat(from).isEqualTo(model.deadline(component)));
        });
    }

    private static Set<String> ofReports(Verdict verdict) {
        return verdict.openWarnings().values().stream()
                .filter(warning -> ReportHistories.WARNINGS.contains(warning.code()))
                .flatMap(warning -> warning.subjects().stream().map(component -> warning.code() + "/" + component))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
