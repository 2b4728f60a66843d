package io.keyward.domain;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toCollection;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Standing;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Protection;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A second, slow implementation of R28 to R32, exactly as written: for each question, it filters the plain list
/// of all events that arrived. What R1 to R26 say about keys, locks and slots is taken from a verdict that ignores
/// reports.
final class EnforcementModel {
    private static final int NAMES_KEPT = 64;
    private static final Set<Component> NEVER_UNDER_A_CUSTOMER_KEY =
            Set.of(Component.NON_OAUTH_CONNECTIONS, Component.HOSTED_MACHINES);

    /// Of two reports at one time the one that is not clean is the later one, then the one with the greater id.
    private static final Comparator<Event.EnforcementReported> BY_PRECEDENCE = comparing(
                    Event.EnforcementReported::occurredAt)
            .thenComparing(e -> !clean(e))
            .thenComparing(Event.EnforcementReported::stamp);

    private static final int APPLICATIONS_KEPT = 32;
    private static final Duration CHANGE = Duration.ofDays(4);

    private final List<Event.EnforcementReported> reports;
    private final List<Instant> applications;
    private final Optional<Instant> voidUpTo;
    private final Assessment ignoring;
    private final Situation situation;
    private final UnlockedProtections protections;
    private final VersionsInUse versions;

    private EnforcementModel(ReferenceTenant tenant, EnvironmentId environment, List<? extends Event> arrived) {
        List<Event.OfEnvironment> own = arrived.stream()
                .filter(e -> e.tenantId().equals(tenant.id()))
                .filter(Event.OfEnvironment.class::isInstance)
                .map(Event.OfEnvironment.class::cast)
                .filter(e -> e.environmentId().equals(environment))
                .toList();
        reports = own.stream()
                .filter(Event.EnforcementReported.class::isInstance)
                .map(Event.EnforcementReported.class::cast)
                .toList();
        applications = own.stream()
                .filter(Event.PolicyApplied.class::isInstance)
                .distinct()
                .map(Event::occurredAt)
                .sorted(Comparator.reverseOrder())
                .toList();
        voidUpTo = own.stream()
                .filter(e -> e instanceof Event.EnvironmentChanged changed
                        && Set.of(Lifecycle.PURGED, Lifecycle.RESET)
                                .contains(changed.snapshot().lifecycle()))
                .map(Event::occurredAt)
                .max(Comparator.naturalOrder());
        ignoring = tenant.assessment(environment).orElseThrow();
        situation = ignoring.situation();
        protections = new UnlockedProtections(situation);
        versions = new VersionsInUse(situation, tenant.facts(environment));
    }

    /// What must be true of an environment.
    ///
    /// @param tenant its tenant, by a profile that ignores reports
    /// @param arrived all events up to now
    static EnforcementModel of(ReferenceTenant tenant, EnvironmentId environment, List<? extends Event> arrived) {
        return new EnforcementModel(tenant, environment, arrived);
    }

    /// What decisions say of each component (R29).
    Map<Component, Enforcement> enforcement() {
        Map<Component, Enforcement> all = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            if (hasStatus(component)) {
                all.put(component, new Enforcement(status(component), desiredSince(component)));
            }
        }
        return all;
    }

    /// The open warnings of R30 and R31, as decisions list them.
    Set<String> warnings() {
        Set<String> open = new TreeSet<>();
        for (Component component : Component.values()) {
            if (hasStatus(component)) {
                addWarnings(component, open);
            }
            if (hasUnexpectedKeys(component)) {
                open.add("UNEXPECTED_KEY/" + component);
            }
        }
        return open;
    }

    /// Whether a component without a policy in effect has unexpected keys (R31).
    boolean isCritical() {
        return Arrays.stream(Component.values())
                .anyMatch(component -> hasUnexpectedKeys(component) && noPolicyIsInEffect(component));
    }

    private void addWarnings(Component component, Set<String> open) {
        if (late(component)) {
            open.add("ENFORCEMENT_LATE/" + component);
        }
        List<Event.EnforcementReported> latest = known(component).stream()
                .flatMap(part -> latest(component, part).stream())
                .toList();
        if (latest.stream().anyMatch(report -> counts(report) && failed(report))) {
            open.add("ENFORCEMENT_FAILED/" + component);
        }
        if (latest.stream().anyMatch(this::drifted)) {
            open.add("ENFORCEMENT_DRIFT/" + component);
        }
    }

    /// The protection of a component where reports are required (R32); that of the other rules where they are
    /// not.
    Protection required(Component component) {
        Protection decided = decided(component);
        if (isLeftOpen(component) && protections.of(component) == Protection.UNDETERMINED) {
            boolean locked = ignoring.verdict().decision().encryptionState() == EncryptionState.LOCKED;
            Protection proven = locked ? Protection.LOCKED : Protection.CUSTOMER_MANAGED;
            return isShown(component) ? proven : Protection.UNDETERMINED;
        }
        if (decided != Protection.CUSTOMER_MANAGED && decided != Protection.MIXED) {
            return decided;
        }
        if (isShown(component)) { // what shows more than is claimed shows that too
            return decided;
        }
        return ofParts(component).stream()
                        .flatMap(Optional::stream)
                        .flatMap(EnforcementModel::items)
                        .anyMatch(this::underKeyOfTheData)
                ? Protection.MIXED
                : Protection.UNDETERMINED;
    }

    /// The latest report of each known part, if it is later than the moment at which the data came under its key.
    private List<Optional<Event.EnforcementReported>> ofParts(Component component) {
        return known(component).stream()
                .map(part -> latest(component, part)
                        .filter(report -> report.occurredAt().isAfter(period().since())))
                .toList();
    }

    private boolean isShown(Component component) {
        List<Optional<Event.EnforcementReported>> ofParts = ofParts(component);
        return !ofParts.isEmpty()
                && ofParts.stream()
                        .allMatch(report -> report.isPresent()
                                && report.get().report().complete()
                                && items(report.get()).allMatch(this::underKeyOfTheData));
    }

    /// Whether the profile claims nothing of it (R5).
    private boolean isLeftOpen(Component component) {
        return component == Component.OAUTH_CONNECTIONS
                && situation.profile().oauthConnections() == RuleProfile.OauthConnections.UNDETERMINED;
    }

    private boolean hasStatus(Component component) {
        return judged() && !isLeftOpen(component);
    }

    Protection decided(Component component) {
        return ignoring.verdict().decision().components().get(component).protection();
    }

    private boolean underKeyOfTheData(Optional<KeyReference> key) {
        return key.isPresent() && key.get().key().equals(period().key());
    }

    /// Whether there is anything to enforce.
    private boolean judged() {
        boolean notEligible = situation.is(Standing.NOT_ELIGIBLE)
                || (situation.history().keyPeriod().isPresent() && !situation.dataUnderKey());
        return tookEffect() && !notEligible && !situation.is(Standing.DELETED);
    }

    private boolean tookEffect() {
        return situation.history().keyPeriod().isPresent()
                || !situation.history().formerPeriods().isEmpty();
    }

    private KeyPeriod period() {
        return situation.keyPeriod();
    }

    // R28: which reports count as what is.

    private static boolean clean(Event.EnforcementReported e) {
        EnforcementReport report = e.report();
        return report.complete()
                && report.phase() == EnforcementReport.Phase.SUCCEEDED
                && report.failedCount() == 0
                && report.failed().isEmpty()
                && items(e).distinct().count() <= 1;
    }

    /// The keys that items are under.
    private static Stream<Optional<KeyReference>> items(Event.EnforcementReported e) {
        return e.report().items().stream().filter(entry -> entry.count() > 0).map(EnforcementReport.Items::key);
    }

    private Stream<Event.EnforcementReported> standing(Component component) {
        return reports.stream()
                .filter(e -> e.component() == component)
                .filter(e -> voidUpTo.isEmpty() || e.occurredAt().isAfter(voidUpTo.get()));
    }

    /// The names that ever reported, also in reports that are void now.
    private List<PartName> named(Component component) {
        return reports.stream()
                .filter(e -> e.component() == component)
                .map(Event.EnforcementReported::part)
                .distinct()
                .sorted()
                .toList();
    }

    /// The parts that the component's latest report names, and its own.
    Set<PartName> known(Component component) {
        return standing(component)
                .max(BY_PRECEDENCE.thenComparing(e -> ownNames(e).toString()))
                .map(EnforcementModel::ownNames)
                .orElse(Set.of());
    }

    private static Set<PartName> ownNames(Event.EnforcementReported e) {
        return Stream.concat(e.parts().stream(), Stream.of(e.part())).collect(toCollection(TreeSet::new));
    }

    /// The latest report of a part that is remembered.
    private Optional<Event.EnforcementReported> latest(Component component, PartName part) {
        return remembered(component, part)
                .max(BY_PRECEDENCE.thenComparing(e -> e.report().toString()));
    }

    private Optional<Event.EnforcementReported> latestClean(Component component, PartName part) {
        return remembered(component, part)
                .filter(EnforcementModel::clean)
                .max(BY_PRECEDENCE.thenComparing(e -> e.report().toString()));
    }

    private Stream<Event.EnforcementReported> remembered(Component component, PartName part) {
        List<PartName> least = named(component).stream().limit(NAMES_KEPT).toList();
        return standing(component).filter(e -> e.part().equals(part) && least.contains(part));
    }

    // R29: what is desired, since when, and whether it is so.

    /// Empty for the Microsoft-managed key.
    Optional<KeyReference> desired(Component component) {
        return underCustomerKey(component) ? Optional.of(period().reference()) : Optional.empty();
    }

    private boolean underCustomerKey(Component component) {
        Protection protection = protections.of(component);
        return protection == Protection.CUSTOMER_MANAGED || protection == Protection.MIXED;
    }

    private boolean isDesired(Component component, Optional<KeyReference> key) {
        Optional<KeyReference> desired = desired(component);
        if (desired.isPresent() && desired.get().version().isEmpty()) {
            return key.isPresent() && key.get().key().equals(desired.get().key());
        }
        return key.equals(desired);
    }

    private boolean isAllowed(Component component, Optional<KeyReference> key) {
        return isDesired(component, key)
                || switch (protections.of(component)) {
                    case MICROSOFT_MANAGED, MIXED, PENDING_REPROVISION, UNDETERMINED -> key.isEmpty();
                    case CUSTOMER_MANAGED, LOCKED -> false;
                }
                || (component == Component.HOSTED_MACHINE_GROUPS
                        && protections.someGroupIsPending()
                        && key.isPresent()
                        && leftBySwaps().contains(key.get().key()));
    }

    /// The keys that swaps of this series left.
    private Set<KeyId> leftBySwaps() {
        Set<KeyId> left = new HashSet<>();
        for (FormerKeyPeriod former : situation.history().formerPeriods()) {
            if (former.by() == Rule.R9) {
                left.clear();
            } else {
                left.add(former.period().key());
            }
        }
        return left;
    }

    Instant desiredSince(Component component) {
        return Stream.concat(startOfVersion(component).stream(), otherStarts(component))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Optional<Instant> startOfVersion(Component component) {
        return underCustomerKey(component) ? versions.startOfTheOneInForce() : Optional.empty();
    }

    private Stream<Instant> otherStarts(Component component) {
        History history = situation.history();
        return Stream.of(
                        history.keyPeriod().map(KeyPeriod::since),
                        situation.enabledSince().filter(_ -> component != Component.DATAVERSE),
                        lastUnlocked(),
                        history.leftKeyAt(),
                        protections
                                .formerHistoryUntil()
                                .filter(end ->
                                        component == Component.FLOW_RUN_HISTORY && !end.isAfter(situation.asOf())))
                .flatMap(Optional::stream);
    }

    /// Goes through all locks in order of time and joins those that touch (R20).
    private Optional<Instant> lastUnlocked() {
        List<Lock> locks = situation.history().locks().stream()
                .filter(lock -> lock.rule() != Rule.R23 || situation.profile().expiry() == RuleProfile.Expiry.LOCK)
                .sorted(comparing(Lock::from))
                .toList();
        Optional<Instant> ended = Optional.empty();
        Instant until = Instant.MIN;
        for (Lock lock : locks) {
            if (lock.from().isAfter(until)) {
                ended = Optional.of(until);
            }
            until = lock.until().isAfter(until) ? lock.until() : until;
        }
        return (until.equals(Instant.MAX) ? ended : Optional.of(until)).filter(end -> !end.equals(Instant.MIN));
    }

    private boolean counts(Event.EnforcementReported report) {
        return report.occurredAt().isAfter(desiredSince(report.component()));
    }

    private static boolean failed(Event.EnforcementReported report) {
        return report.report().phase() == EnforcementReport.Phase.FAILED
                || report.report().failedCount() > 0;
    }

    private boolean cleanOfWhatIsDesired(Event.EnforcementReported report) {
        return clean(report) && items(report).allMatch(key -> isDesired(report.component(), key));
    }

    EnforcementStatus status(Component component) {
        boolean tooMany = named(component).size() > NAMES_KEPT;
        Set<PartName> known = known(component);
        EnforcementStatus worst =
                tooMany || known.isEmpty() ? EnforcementStatus.UNREPORTED : EnforcementStatus.ENFORCED;
        for (PartName part : known) {
            worst = worst.worse(status(component, part));
        }
        return worst;
    }

    EnforcementStatus status(Component component, PartName part) {
        Optional<Event.EnforcementReported> latest = latest(component, part).filter(this::counts);
        if (latest.isEmpty()) {
            return EnforcementStatus.UNREPORTED;
        }
        if (failed(latest.get())) {
            return EnforcementStatus.FAILED;
        }
        if (drifted(latest.get())) {
            return EnforcementStatus.DRIFTED;
        }
        return cleanOfWhatIsDesired(latest.get()) ? EnforcementStatus.ENFORCED : EnforcementStatus.IN_PROGRESS;
    }

    // R30 and R31: when it is late, and what must not be.

    Instant deadline(Component component) {
        return Stream.concat(
                        startOfVersion(component).map(start -> start.plus(Duration.ofHours(24))).stream(),
                        otherStarts(component).map(start -> start.plus(Duration.ofDays(4))))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private boolean late(Component component) {
        return canBeLate(component)
                && !situation.asOf().isBefore(deadline(component))
                && status(component) != EnforcementStatus.ENFORCED;
    }

    /// Whether the deadline has a meaning for it.
    boolean canBeLate(Component component) {
        EncryptionState state = ignoring.verdict().decision().encryptionState();
        boolean waits = state == EncryptionState.LOCKED || state == EncryptionState.RECOVERABLE;
        boolean wasUnderAKey =
                situation.history().keyPeriod().isEmpty() && !NEVER_UNDER_A_CUSTOMER_KEY.contains(component);
        return judged()
                && !waits
                && !situation.is(Standing.INVENTORY_UNKNOWN)
                && (underCustomerKey(component) || wasUnderAKey);
    }

    /// Whether the latest report of a part shows items that left the key that all items of the part were under.
    private boolean drifted(Event.EnforcementReported latest) {
        Component component = latest.component();
        return desired(component).isPresent()
                && latestClean(component, latest.part())
                        .filter(shown -> counts(shown) && cleanOfWhatIsDesired(shown))
                        .filter(shown -> BY_PRECEDENCE.compare(shown, latest) < 0)
                        .isPresent()
                && items(latest).anyMatch(key -> !isAllowed(component, key));
    }

    private boolean hasUnexpectedKeys(Component component) {
        return !situation.is(Standing.DELETED)
                && known(component).stream()
                        .flatMap(part -> latest(component, part).stream())
                        .anyMatch(report -> items(report)
                                .flatMap(Optional::stream)
                                .anyMatch(key -> isUnexpected(component, key, report.occurredAt())));
    }

    private boolean isUnexpected(Component component, KeyReference key, Instant at) {
        boolean allowed = judged() && isAllowed(component, Optional.of(key));
        boolean wasOfTheDataThenOrLater = situation.history().formerPeriods().stream()
                .anyMatch(former ->
                        former.period().key().equals(key.key()) && former.left().isAfter(at));
        if (allowed || wasOfTheDataThenOrLater || versions.retainedAt(at, key) || isBeforeWhatIsKept(at)) {
            return false;
        }
        if (noPolicyIsInEffect(component)) {
            return tookEffect()
                    || voidUpTo.map(end -> !at.isBefore(end.plus(CHANGE))).orElse(true);
        }
        return at.isAfter(period().since().plus(CHANGE)) && !period().key().equals(key.key());
    }

    private boolean noPolicyIsInEffect(Component component) {
        return switch (situation.standing()) {
            case NO_POLICY, NOT_ELIGIBLE -> true;
            case OVER_LIMIT -> component != Component.DATAVERSE;
            case ENABLED, INVENTORY_UNKNOWN -> false;
            case DELETED -> throw new IllegalStateException();
        };
    }

    /// Whether applications as old as that may have been evicted.
    private boolean isBeforeWhatIsKept(Instant at) {
        List<Instant> counting = applications.stream()
                .filter(applied -> voidUpTo.isEmpty() || applied.isAfter(voidUpTo.get()))
                .toList();
        return counting.size() > APPLICATIONS_KEPT && at.isBefore(counting.get(APPLICATIONS_KEPT - 1));
    }
}
