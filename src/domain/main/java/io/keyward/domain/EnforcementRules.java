package io.keyward.domain;

import static io.keyward.domain.event.Component.HOSTED_MACHINES;
import static io.keyward.domain.event.Component.NON_OAUTH_CONNECTIONS;
import static io.keyward.domain.event.Component.OAUTH_CONNECTIONS;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Standing;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Protection;
import io.keyward.domain.fact.ComponentReports;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rules on the keys that components report (R28–R32).
final class EnforcementRules {
    private EnforcementRules() {}

    /// Whether reports are used: the profile does not ignore them.
    static boolean apply(Situation s) {
        return s.profile().evidence() != RuleProfile.Evidence.IGNORE && !s.is(Standing.DELETED);
    }

    /// Whether components are assessed: a policy that can be enforced has taken effect (R29).
    private static boolean assesses(Situation s) {
        return s.history().keyPeriod().isPresent()
                ? s.dataUnderKey()
                : !s.history().formerPeriods().isEmpty();
    }

    static boolean evidenceRequired(Situation s) {
        return s.profile().evidence() == RuleProfile.Evidence.REQUIRE && s.onCustomerKey();
    }

    /// R5: whether nothing is claimed about OAuth connections, because neither the profile nor a complete proof
    /// says that they are under the customer's key.
    static boolean leavesOAuthConnectionsOpen(Situation s) {
        boolean claimed = s.is(Standing.ENABLED) || s.is(Standing.INVENTORY_UNKNOWN);
        return claimed
                && s.profile().oauthConnections() == RuleProfile.OauthConnections.UNDETERMINED
                && !(evidenceRequired(s)
                        && shown(s.keyPeriod(), s.reports().of(OAUTH_CONNECTIONS)) == Protection.CUSTOMER_MANAGED);
    }

    /// A component about which nothing is claimed has no status (R5).
    private static boolean isAssessed(Situation s, Component component) {
        return component != OAUTH_CONNECTIONS
                || s.profile().oauthConnections() == RuleProfile.OauthConnections.CUSTOMER_MANAGED;
    }

    /// R28 to R31. Must run on the protections before any lock.
    static void assess(Situation s, Draft draft) {
        boolean assesses = assesses(s);
        draft.enforcement = new EnumMap<>(Component.class);
        draft.published = new EnumMap<>(Component.class);
        Map<WarningCode, Map<Component, ComponentEnforcement>> warnings = new EnumMap<>(WarningCode.class);
        draft.components.forEach((component, decided) -> {
            ComponentEnforcement enforcement = assesses && isAssessed(s, component)
                    ? assessed(s, component, decided.protection())
                    : notAssessed(s, component);
            if (!enforcement.assessed() && enforcement.unexpectedKeys().isEmpty()) {
                return; // the usual case
            }
            draft.enforcement.put(component, enforcement);
            if (enforcement.assessed()) {
                draft.rules.add(Rule.R29);
                draft.published.put(component, enforcement.published());
            }
            if (!enforcement.parts().isEmpty()) {
                draft.rules.add(Rule.R28);
            }
            for (WarningCode code : warnings(draft, enforcement)) {
                warnings.computeIfAbsent(code, _ -> new EnumMap<>(Component.class))
                        .put(component, enforcement);
            }
        });
        warnings.forEach((code, components) -> {
            draft.rules.add(code.rule());
            draft.warn(EnforcementTexts.warning(code, components));
        });
    }

    private static ComponentEnforcement assessed(Situation s, Component component, Protection protection) {
        boolean waits = s.locked() || s.reenableSince().isPresent() || s.is(Standing.INVENTORY_UNKNOWN);
        return reported(s, component, Desired.of(s, component, protection))
                .assess(!waits && canBeLate(s, component, protection));
    }

    private static ComponentEnforcement notAssessed(Situation s, Component component) {
        return reported(s, component, Desired.NOTHING).notAssessed();
    }

    private static ReportedComponent reported(Situation s, Component component, Desired desired) {
        return new ReportedComponent(
                desired, UnexpectedKeys.of(s, component, desired), s.reports().of(component));
    }

    /// Only a component that is under a customer key, or was before the policy was removed, can be late.
    private static boolean canBeLate(Situation s, Component component, Protection protection) {
        return s.history().keyPeriod().isPresent()
                ? protection.underCustomerKey()
                : component != NON_OAUTH_CONNECTIONS && component != HOSTED_MACHINES;
    }

    private static List<WarningCode> warnings(Draft draft, ComponentEnforcement enforcement) {
        List<WarningCode> codes = new ArrayList<>(0); // usually empty
        if (!enforcement.unexpectedKeys().isEmpty()) {
            codes.add(WarningCode.UNEXPECTED_KEY);
        }
        if (!enforcement.assessed()) {
            return codes;
        }
        if (enforcement.status() != EnforcementStatus.ENFORCED
                && enforcement.lateFrom().filter(draft::reachedElseSchedule).isPresent()) {
            codes.add(WarningCode.ENFORCEMENT_LATE);
        }
        if (enforcement.status() == EnforcementStatus.FAILED) {
            codes.add(WarningCode.ENFORCEMENT_FAILED);
        }
        if (enforcement.parts().stream().anyMatch(ComponentEnforcement.Part::drifted)) {
            codes.add(WarningCode.ENFORCEMENT_DRIFT);
        }
        return codes;
    }

    /// R32. Must run on the protections after any lock.
    static void requireEvidence(Situation s, Draft draft) {
        draft.components.replaceAll((component, decided) -> {
            if (!decided.protection().underCustomerKey()) {
                return decided;
            }
            Protection shown = shown(s.keyPeriod(), s.reports().of(component));
            if (decided.protection().worse(shown) == decided.protection()) {
                return decided;
            }
            draft.rules.add(Rule.R32);
            return ComponentProtection.of(shown, Rule.R32);
        });
    }

    /// What the latest reports of the known parts show, counting only those since the data came under its key.
    private static Protection shown(KeyPeriod period, ComponentReports reports) {
        boolean all = reports.known().isPresent();
        boolean some = false;
        for (PartName name : reports.knownNames()) {
            Optional<EnforcementReport> latest = reports.part(name)
                    .map(PartReports::latest)
                    .filter(stated -> stated.at().isAfter(period.since()))
                    .map(PartReports.Stated::report);
            List<EnforcementReport.Items> items =
                    latest.map(EnforcementReport::items).orElse(List.of());
            boolean complete = latest.filter(EnforcementReport::complete).isPresent();
            all &= complete && items.stream().allMatch(each -> isUnder(period.key(), each));
            some |= items.stream().anyMatch(each -> isUnder(period.key(), each));
        }
        if (all) {
            return Protection.CUSTOMER_MANAGED;
        }
        return some ? Protection.MIXED : Protection.UNDETERMINED;
    }

    private static boolean isUnder(KeyId key, EnforcementReport.Items items) {
        return items.key().map(KeyReference::key).equals(Optional.of(key));
    }
}
