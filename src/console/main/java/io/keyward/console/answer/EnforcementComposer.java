package io.keyward.console.answer;

import io.keyward.console.answer.EnforcementAnswer.ComponentState;
import io.keyward.console.answer.EnforcementAnswer.Part;
import io.keyward.console.answer.EnforcementAnswer.Proof;
import io.keyward.console.answer.EnforcementAnswer.Report;
import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.PartName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Composes what is reported about the components of an environment.
///
/// @param verdict the verdict on each component; empty where no key is desired
/// @param causes finds the record of a report, if it is known
record EnforcementComposer(
        Evidence evidence,
        Map<Component, ComponentEnforcement> verdict,
        Reports reports,
        Map<Component, Proof> proofs,
        Function<Stamp, NamedCause> causes) {
    private static final String IGNORED = "Reports are kept but not taken into account: the rules ignore them.";
    private static final String NOTHING_DESIRED =
            "No key is desired for the components now: no policy has taken effect, or it cannot be enforced, or the"
                    + " environment is deleted.";

    EnforcementAnswer compose() {
        List<ComponentState> components = Arrays.stream(Component.values())
                .filter(component -> verdict.containsKey(component)
                        || !reports.of(component).names().isEmpty())
                .map(this::component)
                .toList();
        return new EnforcementAnswer(evidence, remark(), components);
    }

    private Optional<String> remark() {
        if (evidence == Evidence.IGNORE) {
            return Optional.of(IGNORED);
        }
        boolean assessed = verdict.values().stream().anyMatch(ComponentEnforcement::assessed);
        return assessed ? Optional.empty() : Optional.of(NOTHING_DESIRED);
    }

    private ComponentState component(Component component) {
        Optional<ComponentEnforcement> known = Optional.ofNullable(verdict.get(component));
        Optional<ComponentEnforcement> assessed = known.filter(ComponentEnforcement::assessed);
        ComponentReports reported = reports.of(component);
        List<EnforcementReport> latest = ReportedItems.latest(reported);
        ReportedItems items = new ReportedItems();
        latest.forEach(items::add);
        return new ComponentState(
                component,
                assessed.map(ComponentEnforcement::status),
                assessed.flatMap(ComponentEnforcement::desired),
                assessed.map(ComponentEnforcement::desiredSince),
                assessed.flatMap(ComponentEnforcement::lateFrom),
                assessed.flatMap(_ -> Optional.ofNullable(proofs.get(component))),
                items.list(),
                latest.stream().map(EnforcementReport::failedCount).reduce(0L, ReportedItems::sum),
                parts(assessed, reported),
                known.stream().flatMap(of -> of.unexpectedKeys().stream()).toList(),
                reported.more());
    }

    private List<Part> parts(Optional<ComponentEnforcement> assessed, ComponentReports reported) {
        SortedMap<PartName, EnforcementStatus> statuses = new TreeMap<>();
        assessed.ifPresent(of -> of.parts().forEach(part -> statuses.put(part.name(), part.status())));
        SortedSet<PartName> known = reported.knownNames();
        SortedSet<PartName> all = new TreeSet<>(known);
        all.addAll(reported.parts().keySet());
        List<Part> parts = new ArrayList<>();
        for (PartName name : all) {
            Optional<PartReports> of = reported.part(name);
            parts.add(new Part(
                    name.value(),
                    known.contains(name),
                    Optional.ofNullable(statuses.get(name)),
                    of.map(PartReports::latest).map(this::report),
                    of.flatMap(PartReports::lastClean).map(this::report)));
        }
        return parts;
    }

    private Report report(PartReports.Stated stated) {
        return new Report(causes.apply(stated.stamp()), stated.report());
    }
}
