package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.KeyInUse;
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

/// All of the watch but time, threads and the outside world: it says which probes to make and, from their answers,
/// which events to publish. For one thread.
final class Watch {
    private final ProbeScheduler rounds;
    private final Reconciler judge;
    private final Outbound outbound = new Outbound();
    private final WatchedKeys holdings;
    private final Map<Integer, Set<KeyInUse>> partitions = new HashMap<>();
    private Map<KeyId, Map<TenantId, Set<KeyVersion>>> users = Map.of();

    /// @param random for the jitter
    Watch(WatchSettings settings, WatchedKeys holdings, RandomGenerator random) {
        this.rounds = new ProbeScheduler(settings, random);
        this.judge = new Reconciler(settings);
        this.holdings = holdings;
    }

    /// Takes in which keys there are in which partition. What was seen of the keys of a partition that is gone is
    /// forgotten, since nobody knows what happens until it comes back.
    void listed(Map<Integer, Optional<Set<KeyInUse>>> inUse, Instant now) {
        rounds.divide(Math.max(1, inUse.size()) / (double) holdings.partitionsInAll(), now);
        partitions.keySet().retainAll(inUse.keySet());
        inUse.forEach((partition, keys) -> keys.ifPresent(known -> partitions.put(partition, known)));
        users = partitions.values().stream()
                .flatMap(Set::stream)
                .collect(Collectors.groupingBy(
                        use -> use.key().key(),
                        Collectors.groupingBy(
                                KeyInUse::tenant,
                                Collectors.flatMapping(use -> use.key().version().stream(), Collectors.toSet()))));
        Set<KeyReference> wanted = new HashSet<>();
        partitions.values().forEach(keys -> keys.forEach(use -> wanted.add(use.key())));
        users.keySet().forEach(key -> wanted.add(new KeyReference(key, Optional.empty())));
        rounds.watch(wanted, now);
    }

    /// The probe to make now, if there is one; each must be answered.
    Optional<ProbeRequest> next(Instant now) {
        return rounds.next(now);
    }

    /// When there may be a probe to make; [Instant#MAX] if something else has to happen first.
    Instant wakeAt() {
        return rounds.wakeAt();
    }

    /// Takes in an answer.
    ///
    /// @param asked when the probe began
    /// @return the events to publish, of each of which must be told what became of it
    List<Event.OfKey> answered(ProbeRequest question, Instant asked, ProbeResult finding, Instant now) {
        if (!rounds.answered(question, asked, finding, now)) {
            return List.of();
        }
        KeyId key = question.key().key();
        List<Event.OfKey> proven = new ArrayList<>();
        boolean suspicion = false;
        for (var user : users.getOrDefault(key, Map.of()).entrySet()) {
            Optional<Reconciliation> judgement = judge(user.getKey(), key, user.getValue(), now);
            judgement.ifPresent(j -> proven.addAll(j.proven()));
            suspicion |= judgement.map(Reconciliation::suspicion).orElse(true);
        }
        if (suspicion) {
            rounds.suspect(key, now);
        }
        proven.forEach(outbound::add);
        return proven;
    }

    private Optional<Reconciliation> judge(TenantId tenant, KeyId key, Set<KeyVersion> versions, Instant now) {
        return holdings.facts(tenant, key).map(stored -> {
            List<Event.OfKey> onTheirWay = outbound.missingIn(stored, tenant, key);
            KeyFacts facts = stored;
            for (Event.OfKey event : onTheirWay) {
                facts = facts.with(event);
            }
            boolean revocation = onTheirWay.stream().anyMatch(Event.KeyRevoked.class::isInstance);
            return judge.judge(new KeyObservation(tenant, key, versions, facts, revocation, rounds.evidence(key)), now);
        });
    }

    /// The brokers have the event.
    void placed(Event.OfKey event, RecordPosition place, Instant now) {
        outbound.placed(event, place, now);
    }

    /// The event could not be published.
    void failed(Event.OfKey event, Instant now) {
        outbound.failed(event, now);
    }

    /// Looks at what has become of the events published.
    ///
    /// @return those to publish again
    List<Event.OfKey> review(Instant now) {
        return outbound.review(
                holdings::facts,
                event -> users.getOrDefault(event.key(), Map.of()).containsKey(event.tenantId()),
                holdings.processed(),
                now);
    }

    /// Since when the key that has gone longest without a conclusive answer to a deep probe has gone without one;
    /// empty when no key is watched.
    Optional<Instant> oldestProof() {
        return rounds.oldestProof();
    }
}
