package io.keyward.domain.fact;

import io.keyward.domain.event.Event;
import io.keyward.domain.id.KeyVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// All known facts of one key of one tenant: sets that merge in any order (docs/domain.md, "Facts").
public final class KeyFacts {
    /// How many facts of each kind are remembered.
    public static final int CAPACITY = 64;

    /// Nothing known.
    public static final KeyFacts NONE =
            new KeyFacts(Newest.none(CAPACITY), Newest.none(CAPACITY), Newest.none(CAPACITY), Newest.none(CAPACITY));

    /// Of two expiries of a version the later statement counts; of two stated at the same time the earlier date,
    /// which is the safer one (R26).
    private static final Comparator<Fact.Expiry> BY_PRECEDENCE = Comparator.comparing(Fact.Expiry::at)
            .thenComparing(Fact.Expiry::expiresAt, Comparator.reverseOrder())
            .thenComparing(Fact.Expiry::stamp)
            .thenComparing(expiry -> expiry.version().value());

    private final Newest<Fact.Rotation> rotations;
    private final Newest<Fact.Revocation> revocations;
    private final Newest<Fact.Restoration> restorations;
    private final Newest<Fact.Expiry> expiries;
    private final Instant latest;

    /// Derived on first use, because all users of a key need the same lists. Concurrent threads derive equal
    /// lists, and none sees an incomplete one: they are immutable.
    private List<VersionPeriod> versionPeriods = List.of();

    private List<Outage> outages = List.of();

    public KeyFacts(
            Newest<Fact.Rotation> rotations,
            Newest<Fact.Revocation> revocations,
            Newest<Fact.Restoration> restorations,
            Newest<Fact.Expiry> expiries) {
        this.rotations = rotations;
        this.revocations = revocations;
        this.restorations = restorations;
        this.expiries = expiries;
        this.latest = Instants.max(
                Instants.max(rotations.latest(), revocations.latest()),
                Instants.max(restorations.latest(), expiries.latest()));
    }

    public Newest<Fact.Rotation> rotations() {
        return rotations;
    }

    public Newest<Fact.Revocation> revocations() {
        return revocations;
    }

    public Newest<Fact.Restoration> restorations() {
        return restorations;
    }

    public Newest<Fact.Expiry> expiries() {
        return expiries;
    }

    /// The announced expiry of that version (R26).
    public Optional<Fact.Expiry> expiryOf(KeyVersion version) {
        return expiries.facts().stream()
                .filter(expiry -> expiry.version().equals(version))
                .findFirst();
    }

    /// The periods of its versions, see [VersionPeriod#ofKey].
    public List<VersionPeriod> versionPeriods() {
        if (versionPeriods.isEmpty()) { // every key has at least one
            versionPeriods = List.copyOf(VersionPeriod.ofKey(this));
        }
        return versionPeriods;
    }

    /// These facts with the fact of the event; equal to `this` if the event adds nothing.
    public KeyFacts with(Event.OfKey event) {
        return switch (event) {
            case Event.KeyRotated e ->
                new KeyFacts(
                        rotations.with(new Fact.Rotation(e.stamp(), e.newVersion(), e.previousVersion())),
                        revocations,
                        restorations,
                        e.expiresAt()
                                .map(at -> withExpiry(new Fact.Expiry(e.stamp(), e.newVersion(), at)))
                                .orElse(expiries));
            case Event.KeyRevoked e -> {
                Fact.Revocation revocation = new Fact.Revocation(e.stamp(), e.version(), e.cause());
                yield new KeyFacts(rotations, revocations.with(revocation), restorations, expiries);
            }
            case Event.KeyRestored e -> {
                Fact.Restoration restoration = new Fact.Restoration(e.stamp(), e.version(), e.cause());
                yield new KeyFacts(rotations, revocations, restorations.with(restoration), expiries);
            }
            case Event.KeyExpiring e -> {
                Fact.Expiry expiry = new Fact.Expiry(e.stamp(), e.version(), e.expiresAt());
                yield new KeyFacts(rotations, revocations, restorations, withExpiry(expiry));
            }
        };
    }

    /// One register for each version. The registers of the newest versions are kept.
    private Newest<Fact.Expiry> withExpiry(Fact.Expiry stated) {
        List<Fact.Expiry> sorted = new ArrayList<>(expiries.facts());
        for (Fact.Expiry known : expiries) {
            if (known.version().equals(stated.version())) {
                if (BY_PRECEDENCE.compare(known, stated) >= 0) {
                    return expiries;
                }
                sorted.remove(known);
            }
        }
        sorted.add(-Collections.binarySearch(sorted, stated, BY_PRECEDENCE) - 1, stated);
        return new Newest<>(CAPACITY, sorted.subList(Math.max(0, sorted.size() - CAPACITY), sorted.size()));
    }

    /// The version that the newest rotation named, if one is known.
    public Optional<KeyVersion> newestVersion() {
        return rotations.isEmpty()
                ? Optional.empty()
                : Optional.of(rotations.facts().getLast().newVersion());
    }

    /// Whether the first known rotation names the version that it replaced (R17).
    public boolean firstRotationNamesPrevious() {
        return firstRotation().flatMap(Fact.Rotation::supersededVersion).isPresent();
    }

    /// Whether that version may have been current before the first known rotation, although that rotation names it
    /// as new. A rotation without a previous version may only repeat what was already true (R17).
    public boolean firstRotationMayRepeat(KeyVersion version) {
        return firstRotation().map(Fact.Rotation::newVersion).equals(Optional.of(version))
                && !firstRotationNamesPrevious();
    }

    /// Whether a rotation up to that time names the version, as new or as replaced.
    public boolean isKnownAsCurrent(KeyVersion version, Instant moment) {
        for (Fact.Rotation rotation : rotations) { // oldest first
            if (rotation.at().isAfter(moment)) {
                return false;
            }
            if (rotation.newVersion().equals(version)
                    || rotation.supersededVersion().equals(Optional.of(version))) {
                return true;
            }
        }
        return false;
    }

    private Optional<Fact.Rotation> firstRotation() {
        return rotations.facts().stream().findFirst();
    }

    /// The revocations that count, oldest first: one of the whole key in place of evicted ones, then the stored
    /// ones. A lost revocation is worse than a lock that one event ends (docs/domain.md, "What is evicted").
    public List<Fact.Revocation> countedRevocations() {
        if (revocations.evicted().isEmpty()) {
            return revocations.facts();
        }
        List<Fact.Revocation> counted = new ArrayList<>(revocations.facts().size() + 1);
        counted.add(Fact.Revocation.ofEvicted(revocations.evicted().get()));
        counted.addAll(revocations.facts());
        return counted;
    }

    /// The revocations that count, oldest first, each with its end.
    public List<Outage> outages() {
        List<Fact.Revocation> counted = countedRevocations();
        if (outages.size() < counted.size()) {
            outages = counted.stream()
                    .map(revocation ->
                            new Outage(revocation, closedAt(revocation).orElse(Instant.MAX)))
                    .toList();
        }
        return outages;
    }

    /// The revocations that count and that no restoration ends (R21).
    public List<Fact.Revocation> openRevocations() {
        return outages().stream().filter(Outage::open).map(Outage::revocation).toList();
    }

    /// When that revocation ended: at the first restoration that ends it; empty while it is open (R21).
    public Optional<Instant> closedAt(Fact.Revocation revocation) {
        for (Fact.Restoration restoration : restorations) { // oldest first
            if (restoration.closes(revocation)) {
                return Optional.of(restoration.at());
            }
        }
        return Optional.empty();
    }

    /// The latest time among these facts; [Instant#MIN] if there are none.
    public Instant latest() {
        return latest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyFacts that
                && rotations.equals(that.rotations)
                && revocations.equals(that.revocations)
                && restorations.equals(that.restorations)
                && expiries.equals(that.expiries);
    }

    @Override
    public int hashCode() {
        return Objects.hash(rotations, revocations, restorations, expiries);
    }

    @Override
    public String toString() {
        return "KeyFacts[rotations=%s, revocations=%s, restorations=%s, expiries=%s]"
                .formatted(rotations.facts(), revocations.facts(), restorations.facts(), expiries.facts());
    }
}
