package io.keyward.domain;

import io.keyward.domain.decision.ComponentEnforcement.Part;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.Standing;
import io.keyward.domain.event.Component;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.Newest;
import io.keyward.domain.fact.PartReports;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Finds the customer keys that no known policy explains although items of a component are under them (R31).
///
/// Where no policy is in effect for the component, nothing has to be moved. Then no deadline applies, and the key
/// of the policy is unexpected like any other.
///
/// @param policyInEffect whether a policy puts the component under a customer key, or could at present
record UnexpectedKeys(Situation s, Desired desired, boolean policyInEffect) {
    /// @param desired what is desired of the component
    static UnexpectedKeys of(Situation s, Component component, Desired desired) {
        boolean enforced = s.dataUnderKey() && (!s.is(Standing.OVER_LIMIT) || component == Component.DATAVERSE);
        return new UnexpectedKeys(s, desired, enforced);
    }

    SortedSet<KeyReference> among(Iterable<Part> parts) {
        TreeSet<KeyReference> keys = new TreeSet<>();
        for (Part part : parts) {
            part.reports()
                    .map(PartReports::latest)
                    .filter(latest -> concerns(latest.at()))
                    .ifPresent(latest -> latest.report().items().stream()
                            .flatMap(items -> items.key().stream())
                            .filter(key -> !expects(key, latest.at()))
                            .forEach(keys::add));
        }
        return keys;
    }

    /// Whether a key in a report of that time can be unexpected: the deadlines of the changes that it may show in
    /// progress have passed, and all applications since then are remembered.
    private boolean concerns(Instant reported) {
        Newest<Fact.Application> applications = s.facts().applications();
        if (applications.evicted().isPresent()
                && reported.isBefore(applications.facts().getFirst().at())) {
            return false;
        }
        if (policyInEffect) {
            return reported.isAfter(s.keyPeriod().since().plus(Enforcement.CHANGE));
        }
        boolean noneTookEffect =
                s.history().keyPeriod().isEmpty() && s.history().formerPeriods().isEmpty();
        Optional<Instant> voidUpTo = s.facts().voidUpTo().filter(_ -> noneTookEffect);
        return voidUpTo.isEmpty() || !reported.isBefore(voidUpTo.get().plus(Enforcement.CHANGE));
    }

    /// Whether items may be under that key at that time: it is allowed, it had to be retained then, or the data
    /// was under it then or came to it later. Another version of the key of the data is only late, never
    /// unexpected (R30).
    private boolean expects(KeyReference key, Instant at) {
        return desired.allows(Optional.of(key))
                || s.history().expects(key.key(), at)
                || s.history()
                        .keyPeriod()
                        .filter(period -> period.key().equals(key.key()))
                        .filter(period -> policyInEffect
                                || (s.dataUnderKey()
                                        && period.versions()
                                                .retains(key.version().orElseThrow(), at)))
                        .isPresent();
    }
}
