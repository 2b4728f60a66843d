package io.keyward.domain;

import io.keyward.domain.decision.OpenWarning;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.VersionPeriod;
import io.keyward.domain.id.FlowId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Arguments of warning texts that are composed from facts. They become text only when a warning is raised.
final class WarningText {
    private WarningText() {}

    /// Keys, each with the date until which it must be kept.
    record KeptKeys(SortedMap<KeyReference, Instant> until) {
        /// A key that was left several times gets the latest date.
        static KeptKeys of(List<FormerKeyPeriod> periods) {
            SortedMap<KeyReference, Instant> until = new TreeMap<>();
            periods.forEach(former -> until.merge(
                    new KeyReference(former.period().key(), Optional.empty()),
                    former.keptUntil(),
                    VersionPeriod::later));
            return new KeptKeys(until);
        }

        @Override
        public String toString() {
            return until.entrySet().stream()
                    .map(kept -> kept.getKey() + " (until " + OpenWarning.date(kept.getValue()) + ")")
                    .collect(Collectors.joining(", "));
        }
    }

    /// The causes of locks, each with its first revocation.
    record LockCauses(SortedMap<String, Fact.Revocation> first) {
        static LockCauses of(List<Lock> locks) {
            SortedMap<String, Fact.Revocation> first = new TreeMap<>();
            locks.forEach(lock -> first.merge(name(lock.revocation()), lock.revocation(), LockCauses::earlier));
            return new LockCauses(first);
        }

        /// Each cause with its key and version.
        Set<String> names(KeyId key) {
            String[] names = first.keySet().toArray(String[]::new);
            Arrays.setAll(names, i -> key + " " + names[i]);
            return Set.of(names);
        }

        private static String name(Fact.Revocation revocation) {
            String cause = revocation.cause().name();
            return revocation.version().isPresent()
                    ? cause + " " + revocation.version().get()
                    : cause;
        }

        private static Fact.Revocation earlier(Fact.Revocation one, Fact.Revocation other) {
            return other.at().isBefore(one.at()) ? other : one;
        }

        @Override
        public String toString() {
            return first.values().stream()
                    .map(r -> r.cause().describe(r.version()) + " on " + OpenWarning.date(r.at()))
                    .collect(Collectors.joining("; "));
        }
    }

    /// The profile's text, the number of cloud flows that are left on the Microsoft-managed key, and some that
    /// cannot migrate.
    record FlowsLeft(String text, int left, FlowInventory flows) {
        /// That there is a report, and each flow that cannot migrate. The count is not among them, because it
        /// changes all the time while flows migrate.
        Set<String> names() {
            return Stream.concat(
                            Stream.of("reported"),
                            flows.cannotMigrate().stream().map(id -> "cannot migrate " + id))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public String toString() {
            String counted =
                    text + ". The platform reports " + left + " of " + flows.count() + " cloud flows under that key.";
            return flows.cannotMigrate().isEmpty()
                    ? counted
                    : counted + " It cannot migrate these flows: "
                            + flows.cannotMigrate().stream().map(FlowId::value).collect(Collectors.joining(", ")) + ".";
        }
    }

    /// When a migration of flows began, as a sentence.
    record MigrationStart(Optional<Instant> at) {
        @Override
        public String toString() {
            return at.map(date -> "The migration began on " + OpenWarning.date(date) + ".")
                    .orElse("When the migration began is not known.");
        }
    }

    /// When a locked environment will be deleted, as a sentence.
    record Deletion(Optional<Instant> expected) {
        @Override
        public String toString() {
            return expected.map(date ->
                            "It will be deleted on " + OpenWarning.date(date) + " unless it is unlocked before.")
                    .orElse("When it will be deleted is not known.");
        }
    }
}
