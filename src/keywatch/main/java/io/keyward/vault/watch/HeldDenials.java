package io.keyward.vault.watch;

import io.keyward.config.Configured;
import io.keyward.config.VaultSettings;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds denials that begin at many vaults of several tenants at about the same time: an outage of the cloud, or of the
/// credential, is more likely than that so many customers removed their grants at once. Nothing of them is published
/// until the key answers as usable, another source publishes the same, or the time to hold them is over.
///
/// Only denials that may become facts count. Confined to one thread.
final class HeldDenials {
    private static final Logger LOG = LoggerFactory.getLogger(HeldDenials.class);

    /// Denials that begin within this time may be of one outage.
    private static final Duration WINDOW = Viewpoint.DENIAL_DELAY;

    /// The share of denials is that of the vaults with a conclusive answer within this time.
    private static final Duration COMPARED = Duration.ofHours(1);

    private static final Threshold USUAL = new Threshold(5, 3, 5);

    /// For an instance that watches few vaults.
    private static final Threshold OF_FEW = new Threshold(2, 2, 3);

    private static final int FEW = 15;

    private final Duration hold;
    private final Map<String, Instant> conclusiveAt = new HashMap<>();
    private final Map<KeyReference, Begin> begins = new HashMap<>();
    private final Map<KeyId, Instant> held = new HashMap<>();
    private final Set<KeyId> published = new HashSet<>();
    private Threshold threshold = OF_FEW;

    /// When a key, or one version of it, was first denied, and whose environments use the key.
    private record Begin(KeyReference key, Instant at, Set<TenantId> tenants) {}

    /// What makes an outage: so many vaults of so many tenants, and one of so many vaults that answer.
    private record Threshold(int vaults, int tenants, int oneOf) {}

    HeldDenials(Configured settings) {
        this.hold = settings.value(VaultSettings.HOLD);
    }

    /// Replaces the watched keys.
    void watch(Set<KeyReference> wanted) {
        Set<KeyId> keys = wanted.stream().map(KeyReference::key).collect(Collectors.toSet());
        Set<String> vaults = keys.stream().map(KeyId::vaultUri).collect(Collectors.toSet());
        threshold = vaults.size() < FEW ? OF_FEW : USUAL;
        begins.keySet().retainAll(wanted);
        held.keySet().retainAll(keys);
        published.retainAll(keys);
        conclusiveAt.keySet().retainAll(vaults);
    }

    /// A vault has given a conclusive answer, whatever it was.
    void answered(String vaultUri, Instant askedAt) {
        conclusiveAt.merge(vaultUri, askedAt, Instants::max);
    }

    /// The key has been wrapped and unwrapped with.
    void released(KeyId key) {
        begins.keySet().removeIf(reference -> reference.key().equals(key));
        held.remove(key);
        published.remove(key);
    }

    /// A denial of the key has been published, so it is held no more. If that is taken back while the key is denied, it
    /// is held again: the outage may go on.
    void published(KeyId key) {
        begins.keySet().removeIf(reference -> reference.key().equals(key));
        published.add(key);
    }

    /// A vault has said something about the key itself.
    void admitted(KeyReference key) {
        begins.remove(key);
    }

    /// The key is denied. If the begin was not seen while others are held, it is held, too: it may be that
    /// of the outage, which a restart or a rebalance forgets, and which another denial or a published one hides.
    ///
    /// @param since the first of the unbroken denials
    /// @param unseen whether no answer came before it, or another denial
    void denied(KeyReference key, Instant since, Set<TenantId> tenants, boolean unseen) {
        Begin begin = new Begin(key, since, Set.copyOf(tenants));
        boolean takenBack = published.remove(key.key());
        if ((unseen || takenBack) && !held.isEmpty()) {
            held.putIfAbsent(key.key(), since);
        }
        if (!begin.equals(begins.put(key, begin))) {
            begins.values().stream()
                    .map(Begin::at)
                    .filter(end -> !end.isBefore(since) && !end.isAfter(since.plus(WINDOW)))
                    .distinct()
                    .toList()
                    .forEach(this::holdIfMany);
        }
    }

    /// Holds the denials that began in the window up to this moment, if they are many.
    private void holdIfMany(Instant end) {
        List<Begin> within = begins.values().stream()
                .filter(begin -> !begin.at().isAfter(end) && !begin.at().isBefore(end.minus(WINDOW)))
                .toList();
        Set<String> vaults =
                within.stream().map(begin -> begin.key().key().vaultUri()).collect(Collectors.toSet());
        Set<TenantId> tenants = new HashSet<>();
        within.forEach(begin -> tenants.addAll(begin.tenants()));
        long answering = conclusiveAt.values().stream()
                .filter(at -> !at.isBefore(end.minus(COMPARED)))
                .count();
        if (vaults.size() >= threshold.vaults()
                && tenants.size() >= threshold.tenants()
                && vaults.size() * (long) threshold.oneOf() >= answering) {
            hold(within, vaults.size(), answering);
        }
    }

    private void hold(List<Begin> denials, int vaults, long answering) {
        if (denials.stream().anyMatch(begin -> !held.containsKey(begin.key().key()))) {
            LOG.warn(
                    "Denials began at {} of {} vaults within {}; none of them is published for the time being",
                    vaults,
                    answering,
                    WINDOW);
        }
        denials.forEach(begin -> held.merge(begin.key().key(), begin.at(), Instants::min));
    }

    /// Whether denials of this key must not be published now.
    boolean holds(KeyId key, Instant now) {
        held.computeIfPresent(key, (_, since) -> now.isBefore(since.plus(hold)) ? since : null);
        return held.containsKey(key);
    }

    /// The number of keys whose denials are held.
    int count() {
        return (int)
                held.keySet().stream().filter(key -> !published.contains(key)).count();
    }
}
