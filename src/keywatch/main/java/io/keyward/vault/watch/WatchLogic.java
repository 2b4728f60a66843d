package io.keyward.vault.watch;

import io.keyward.config.Configured;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.event.WatchState;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.TenantKeyReference;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The logic of the watch, without clocks, threads and I/O. It decides which probes to make and, from their
/// answers, which events to publish. Confined to one thread.
final class WatchLogic {
    private final ProbeScheduler scheduler;
    private final Reconciler reconcile;
    private final Viewpoint viewpoint;
    private final HeldDenials held;
    private final WatchStates states;
    private final Outbound outbound = new Outbound();
    private final WatchReports reports = new WatchReports();
    private final KeptHints keptHints = new KeptHints();
    private final KeySource keySource;
    private final Map<Integer, Set<TenantKeyReference>> partitions = new HashMap<>();
    private Map<KeyId, Map<TenantId, Set<KeyVersion>>> users = Map.of();

    /// @param random provides the jitter
    WatchLogic(Configured settings, KeySource keySource, RandomGenerator random) {
        this.scheduler = new ProbeScheduler(settings, random);
        this.reconcile = new Reconciler(settings);
        this.viewpoint = reconcile.viewpoint();
        this.held = new HeldDenials(settings);
        this.keySource = keySource;
        this.states = new WatchStates(scheduler, held, viewpoint, keySource);
    }

    /// Decides which probe is next. Each must be [#answered].
    ProbeScheduler scheduler() {
        return scheduler;
    }

    /// The number of keys whose denials are not published, because many began at once.
    int deniedHeld() {
        return held.count();
    }

    /// The number of watched keys in each state.
    Map<WatchState, Integer> states(Instant now) {
        return states.update(users, now);
    }

    /// The changes in how well each key is watched, by the last [#states].
    List<WatchReport> reports(Instant now) {
        return reports.changes(partitions, states::status, now);
    }

    /// A report may not have arrived.
    void failed(WatchReport report) {
        reports.failed(report);
    }

    /// Must receive the outcome of each event to publish.
    Outbound outbound() {
        return outbound;
    }

    /// Updates the keys of each partition. Drops the answers about keys of revoked partitions, because the keys
    /// may change before the partition comes back.
    void listed(Map<Integer, Optional<Set<TenantKeyReference>>> inUse, Instant now) {
        scheduler.divide(Math.max(1, inUse.size()) / (double) keySource.partitionsInAll(), now);
        partitions.keySet().retainAll(inUse.keySet());
        inUse.forEach((partition, keys) -> keys.ifPresent(known -> partitions.put(partition, known)));
        users = partitions.values().stream()
                .flatMap(Set::stream)
                .collect(Collectors.groupingBy(
                        use -> use.key().key(),
                        Collectors.groupingBy(
                                TenantKeyReference::tenant,
                                Collectors.flatMapping(use -> use.key().version().stream(), Collectors.toSet()))));
        Set<KeyReference> wanted = new HashSet<>();
        partitions.values().forEach(keys -> keys.forEach(use -> wanted.add(use.key())));
        users.keySet().forEach(key -> wanted.add(new KeyReference(key, Optional.empty())));
        scheduler.watch(wanted, now);
        held.watch(wanted);
        keptHints
                .take(hint -> concerned(hint).findAny().isPresent(), now)
                .forEach(kept -> hinted(kept.hint(), kept.at(), now));
    }

    /// Probes the watched keys that a hint concerns: at once, or spread over two minutes if it concerns all. Keeps the
    /// hint for a while if there are none.
    ///
    /// @param at when it was written, by another clock
    HintResult hinted(KeyHint hint, Instant at, Instant now) {
        Instant written = Instants.min(at, now);
        List<KeyId> keys = concerned(hint).toList();
        if (keys.isEmpty()) {
            keptHints.keep(hint, written);
            return HintResult.UNWATCHED;
        }
        if (hint.vaultUri().isEmpty()) {
            keys.forEach(key -> scheduler.hintedWithOthers(key, now));
        } else {
            keys.forEach(key -> scheduler.hinted(key, written, now));
        }
        return HintResult.PROBED;
    }

    private Stream<KeyId> concerned(KeyHint hint) {
        return hint.vaultUri()
                .flatMap(vault -> hint.keyName().map(name -> Stream.of(new KeyId(vault, name))))
                .orElseGet(() -> users.keySet().stream())
                .filter(hint::concerns)
                .filter(key -> users.getOrDefault(key, Map.of()).containsKey(hint.tenantId()));
    }

    /// Processes an answer.
    ///
    /// @param askedAt when the probe began
    /// @return the events to publish; the result of each must be reported
    List<Event.OfKey> answered(ProbeRequest request, Instant askedAt, ProbeResult result, Instant now) {
        if (!scheduler.answered(request, askedAt, viewpoint.judged(result), now)) {
            return List.of();
        }
        KeyId key = request.key().key();
        held.answered(key.vaultUri(), askedAt);
        if (request.kind() == ProbeKind.ROUND_TRIP) {
            scheduler.last(request.key()).ifPresent(last -> compareDenials(request.key(), last));
        }
        List<Event.OfKey> proven = new ArrayList<>();
        boolean suspicion = false;
        for (var user : users.getOrDefault(key, Map.of()).entrySet()) {
            Optional<Reconciler.Reconciliation> reconciliation = reconcile(user.getKey(), key, user.getValue(), now);
            reconciliation.ifPresent(j -> proven.addAll(j.proven()));
            suspicion |=
                    reconciliation.map(Reconciler.Reconciliation::suspicion).orElse(true);
        }
        if (suspicion) {
            scheduler.suspect(key, now);
        }
        proven.forEach(outbound::add);
        return proven;
    }

    private void compareDenials(KeyReference key, ProbeAnswer last) {
        Set<TenantId> tenants = users.getOrDefault(key.key(), Map.of()).keySet();
        if (last.usable()) {
            held.released(key.key());
        } else if (tenants.stream().anyMatch(tenant -> isKnown(tenant, key.key(), last))) {
            held.published(key.key());
        } else if (last.isDenial() && viewpoint.mayBecomeFact(last)) {
            held.denied(key, last.deniedSince(), tenants, scheduler.beganUnseen(key));
        } else if (!last.isDenial()) {
            held.admitted(key);
        }
    }

    /// Whether a revocation of the whole key with the cause of this denial is open.
    private boolean isKnown(TenantId tenant, KeyId key, ProbeAnswer denial) {
        return denial.isDenial()
                && keySource.facts(tenant, key).stream()
                        .flatMap(facts -> facts.openRevocations().stream())
                        .anyMatch(revocation -> revocation.version().isEmpty()
                                && denial.cause().equals(Optional.of(revocation.cause())));
    }

    private Optional<Reconciler.Reconciliation> reconcile(
            TenantId tenant, KeyId key, Set<KeyVersion> versions, Instant now) {
        return keySource.facts(tenant, key).map(stored -> {
            List<Event.OfKey> onTheirWay = outbound.missingIn(stored, tenant, key);
            KeyFacts facts = stored;
            for (Event.OfKey event : onTheirWay) {
                facts = facts.with(event);
            }
            boolean revocation = onTheirWay.stream().anyMatch(Event.KeyRevoked.class::isInstance);
            return reconcile.reconcile(
                    new Reconciler.KeyObservation(
                            tenant, key, versions, facts, revocation, held.holds(key, now), scheduler.evidence(key)),
                    now);
        });
    }

    /// Checks which published events have become facts.
    ///
    /// @return the events to publish again
    List<Event.OfKey> review(Instant now) {
        return outbound.review(
                keySource::facts,
                event -> users.getOrDefault(event.key(), Map.of()).containsKey(event.tenantId()),
                keySource.processed(),
                now);
    }
}
