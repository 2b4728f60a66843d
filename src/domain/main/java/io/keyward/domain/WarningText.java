package io.keyward.domain;

import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.id.FlowId;
import io.keyward.domain.id.FreeText;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Arguments of warning texts that are composed from facts. They are formatted only when a warning is published.
final class WarningText {
    private WarningText() {}

    /// Keys, each with the date until which it must be kept.
    ///
    /// @param policy the policy in force, if it names another key: its identity must have access to the keys of
    ///     backups
    record KeptKeys(SortedMap<KeyReference, Instant> until, Optional<Fact.Application> policy)
            implements OpenWarning.Composed {
        /// A key that was left several times gets the latest date.
        static KeptKeys of(List<FormerKeyPeriod> periods, Optional<Fact.Application> inForce) {
            SortedMap<KeyReference, Instant> until = new TreeMap<>();
            periods.forEach(
                    former -> until.merge(former.period().reference().wholeKey(), former.keptUntil(), Instants::max));
            return new KeptKeys(
                    until,
                    inForce.filter(application -> until.keySet().stream()
                            .anyMatch(
                                    kept -> !kept.key().equals(application.key().key()))));
        }

        @Override
        public List<?> significantParts() {
            List<Object> parts = OpenWarning.significantParts(until, date -> date);
            policy.ifPresent(application -> parts.addAll(
                    List.of(application.policyId(), application.key().key())));
            return parts;
        }

        /// Each key with its date, and a sentence about the policy, up to its full stop.
        @Override
        public String toString() {
            List<String> names = new ArrayList<>();
            until.forEach((key, date) -> names.add(key + " (until " + OpenWarning.date(date) + ")"));
            return String.join(", ", names)
                    + policy.map(application -> ". The policy "
                                    + FreeText.isolated(application.policyId().value())
                                    + " was applied with the key "
                                    + application.key().key()
                                    + "; its identity, too, needs access to each of these keys until the date given")
                            .orElse("");
        }
    }

    /// The causes of locks, each with its first revocation.
    record LockCauses(SortedMap<String, Fact.Revocation> first) implements OpenWarning.Composed {
        static LockCauses of(List<Lock> locks) {
            SortedMap<String, Fact.Revocation> first = new TreeMap<>();
            locks.forEach(lock -> first.merge(name(lock.revocation()), lock.revocation(), LockCauses::earlier));
            return new LockCauses(first);
        }

        private static String name(Fact.Revocation revocation) {
            String cause = revocation.cause().name();
            return revocation.version().map(version -> cause + " " + version).orElse(cause);
        }

        private static Fact.Revocation earlier(Fact.Revocation one, Fact.Revocation other) {
            return other.at().isBefore(one.at()) ? other : one;
        }

        @Override
        public List<?> significantParts() {
            return OpenWarning.significantParts(first, Fact.Revocation::at);
        }

        @Override
        public String toString() {
            return first.values().stream().map(Sentences::happened).collect(Collectors.joining("; "));
        }
    }

    /// The profile's text, the number of cloud flows that are left on the Microsoft-managed key, and some that
    /// cannot migrate.
    record FlowsLeft(String text, int left, FlowInventory flows) implements OpenWarning.Composed {
        /// The count changes all the time while flows migrate; the flows are the subjects.
        @Override
        public List<?> significantParts() {
            return List.of(text, "reported");
        }

        @Override
        public String toString() {
            String counted =
                    text + ". The platform reports " + left + " of " + flows.count() + " cloud flows under that key.";
            return flows.cannotMigrate().isEmpty()
                    ? counted
                    : counted + " It cannot migrate these flows: "
                            + flows.cannotMigrate().stream()
                                    .map(FlowId::value)
                                    .map(FreeText::isolated)
                                    .collect(Collectors.joining(", "))
                            + ".";
        }
    }

    /// A sentence about a date, or another one if the date is not known.
    ///
    /// @param before the part of the sentence before the date
    /// @param after the part after the date
    record Dated(Optional<Instant> date, String before, String after, String unknown) implements OpenWarning.Composed {
        /// When a migration of flows began.
        static Dated migrationStart(Optional<Instant> date) {
            return new Dated(date, "The migration began on ", ".", "When the migration began is not known.");
        }

        /// When a locked environment is to be deleted. The sentence is true before and after that date.
        static Dated deletion(Optional<Instant> date) {
            return new Dated(
                    date,
                    "It is to be deleted on ",
                    " unless it is unlocked before.",
                    "When it is to be deleted is not known.");
        }

        @Override
        public List<?> significantParts() {
            return date.map(List::of).orElse(List.of());
        }

        @Override
        public String toString() {
            return date.map(known -> before + OpenWarning.date(known) + after).orElse(unknown);
        }
    }
}
