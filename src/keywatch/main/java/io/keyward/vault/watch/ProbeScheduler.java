package io.keyward.vault.watch;

import io.keyward.config.Configured;
import io.keyward.config.VaultSettings;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides which key to probe next, within the limits of its vault and of this instance. Independent of tenants
/// and facts. Each call gets the time as an argument. Confined to one thread.
final class ProbeScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeScheduler.class);

    private final Configured settings;
    private final int concurrency;
    private final RandomGenerator random;
    private final Map<KeyId, ProbedKey> keys = new HashMap<>();
    private final Map<String, VaultQueue> queues = new HashMap<>();
    /// The vaults with keys, ordered by their next probes.
    private final TreeSet<VaultQueue> schedule = new TreeSet<>(VaultQueue.BY_TIME);
    private final IdentityCircuitBreaker identity;
    private double part = 1;
    private int running;

    /// @param random provides the jitter
    ProbeScheduler(Configured settings, RandomGenerator random) {
        this.settings = settings;
        this.concurrency = settings.value(VaultSettings.CONCURRENCY);
        this.random = random;
        this.identity = new IdentityCircuitBreaker(settings);
    }

    /// Sets the part of each vault's quota that this instance may use; other instances use the rest.
    void divide(double newPart, Instant now) {
        if (newPart != part) {
            part = newPart;
            List.copyOf(queues.values()).forEach(queue -> {
                queue.limiter().divide(part, now);
                order(queue);
            });
        }
    }

    /// Replaces the watched keys. Keeps the answers about keys that stay.
    void watch(Set<KeyReference> wanted, Instant now) {
        targets()
                .map(ProbeTarget::key)
                .filter(key -> !wanted.contains(key))
                .toList()
                .forEach(this::forget);
        wanted.stream().filter(key -> find(key).isEmpty()).sorted().forEach(key -> begin(key, now));
    }

    private void begin(KeyReference key, Instant now) {
        ProbeTarget target = new ProbeTarget(key, settings, random, now);
        keys.computeIfAbsent(key.key(), _ -> new ProbedKey()).targets().put(key.version(), target);
        VaultQueue queue =
                queues.computeIfAbsent(key.key().vaultUri(), uri -> new VaultQueue(uri, settings, part, now));
        queue.add(target);
        order(queue);
    }

    private void forget(KeyReference key) {
        ProbedKey watched = keys.get(key.key());
        VaultQueue queue = queueOf(key);
        watched.find(key.version()).filter(target -> !target.running()).ifPresent(queue::remove);
        watched.targets().remove(key.version());
        if (watched.targets().isEmpty()) {
            keys.remove(key.key());
        }
        order(queue);
    }

    /// The probe to make now; empty if there is none. It counts as running until its answer.
    Optional<ProbeRequest> next(Instant now) {
        while (!now.isBefore(wakeAt())) {
            VaultQueue queue = schedule.first();
            ProbeTarget target = queue.first().orElseThrow();
            ProbedKey key = keys.get(target.key().key());
            if (key.mayBeCurrent(target)) {
                change(target, () -> target.postponed(now.plus(settings.value(VaultSettings.CONFIRM_INTERVAL))));
            } else if (key.isCurrent(target)) {
                key.find(Optional.empty()).ifPresent(target::provenBy);
                change(target, () -> target.postponed(now.plus(settings.value(VaultSettings.PERIOD))));
            } else {
                ProbeRequest request = queue.started(target, now);
                running++;
                order(queue);
                return Optional.of(request);
            }
        }
        return Optional.empty();
    }

    /// The earliest time of the next probe; [Instant#MAX] if another event must happen first.
    Instant wakeAt() {
        int allowed = identity.isTripped() ? 1 : concurrency;
        if (running >= allowed) {
            return Instant.MAX;
        }
        Instant first = schedule.isEmpty() ? Instant.MAX : schedule.first().nextAt();
        return Instants.max(first, identity.until());
    }

    /// Processes an answer.
    ///
    /// @return whether the answer counts and the key must be reconciled
    boolean answered(ProbeRequest request, Instant askedAt, ProbeResult result, Instant now) {
        running--;
        VaultQueue queue = queueOf(request.key());
        Optional<ProbeTarget> found = find(request.key()).filter(ProbeTarget::running);
        queue.ended(request, request.cost(result, found.flatMap(ProbeTarget::shape)), now);
        noteOutcome(queue, result, now);
        found.ifPresent(target -> {
            target.answered(request, askedAt, result, now);
            queue.add(target);
        });
        order(queue);
        return found.isPresent() && result.conclusive();
    }

    private void noteOutcome(VaultQueue queue, ProbeResult result, Instant now) {
        if (result.conclusive()) {
            queue.answered();
            if (identity.accepted()) {
                LOG.info("Our own identity is accepted again");
            }
            return;
        }
        queue.failed(result, now);
        if (result.outcome() == ProbeOutcome.OWN_IDENTITY && identity.failedAt(queue.vaultUri(), queues.size(), now)) {
            LOG.warn(
                    "Every vault rejects Keyward's credentials; circuit breaker open, probing one key at a time: {}",
                    result.detail());
        }
    }

    /// Probes the key and its versions again soon, to confirm a suspicion.
    void suspect(KeyId key, Instant now) {
        Instant soon = now.plus(ProbeTarget.jittered(VaultSettings.CONFIRM_INTERVAL, settings, random));
        targets(key)
                .filter(target -> !target.running())
                .filter(target -> !target.isUrgentBy(soon))
                .toList()
                .forEach(target -> change(target, () -> target.urgent(soon)));
    }

    /// Probes the key and its versions at once, and a few times later, because something may have changed it.
    ///
    /// @param at when this was known
    void hinted(KeyId key, Instant at, Instant now) {
        targets(key).forEach(target -> change(target, () -> target.hinted(at, now)));
    }

    /// Probes the key and its versions once within two minutes, because something may have changed any key.
    void hintedWithOthers(KeyId key, Instant now) {
        targets(key).forEach(target -> change(target, () -> target.hintedWithOthers(now)));
    }

    /// The last answer to a round trip with a key or version; empty if it is not watched or has none.
    Optional<ProbeAnswer> last(KeyReference key) {
        return find(key).flatMap(ProbeTarget::last);
    }

    /// Whether the last answer to a round trip with a key or version is a denial whose begin was not seen: it is the
    /// first answer, or follows on another denial.
    boolean beganUnseen(KeyReference key) {
        List<ProbeAnswer> answers = find(key).map(ProbeTarget::answers).orElse(List.of());
        return !answers.isEmpty()
                && answers.getLast().askedAt().equals(answers.getLast().deniedSince())
                && answers.reversed().stream().skip(1).limit(1).allMatch(ProbeAnswer::isDenial);
    }

    /// Whether the last answers of a watched key, or of its vault, were inconclusive.
    boolean isUnreachable(KeyId key) {
        return Optional.ofNullable(queues.get(key.vaultUri()))
                        .filter(VaultQueue::isUnresponsive)
                        .isPresent()
                || watched(key)
                        .find(Optional.empty())
                        .filter(ProbeTarget::isUnreachable)
                        .isPresent();
    }

    /// The last round-trip answers about a key.
    Evidence evidence(KeyId key) {
        return watched(key).evidence();
    }

    /// The earliest of all watched keys' last conclusive round-trip answers; empty when no key is watched. A
    /// key without one counts from the start of its watch.
    Optional<Instant> oldestProof() {
        return probed().map(ProbeTarget::provenAt).min(Comparator.naturalOrder());
    }

    /// When the oldest hint arrived that no conclusive round-trip answer has followed; empty if there is none.
    Optional<Instant> oldestUnansweredHint() {
        return probed().map(ProbeTarget::unansweredSince)
                .filter(since -> since.isBefore(Instant.MAX))
                .min(Comparator.naturalOrder());
    }

    /// The targets that are probed themselves.
    private Stream<ProbeTarget> probed() {
        return keys.values().stream()
                .flatMap(key -> key.targets().values().stream().filter(target -> !key.isCurrent(target)));
    }

    /// Changes when a target is probed. One that is probed now does not wait.
    private void change(ProbeTarget target, Runnable change) {
        VaultQueue queue = queueOf(target.key());
        queue.remove(target);
        change.run();
        if (!target.running()) {
            queue.add(target);
        }
        order(queue);
    }

    /// Updates the vault's position in the schedule. Removes a vault without keys.
    private void order(VaultQueue queue) {
        schedule.remove(queue);
        if (queue.isEmpty()) {
            queues.remove(queue.vaultUri());
        } else {
            queue.plan();
            schedule.add(queue);
        }
    }

    private Optional<ProbeTarget> find(KeyReference key) {
        return watched(key.key()).find(key.version());
    }

    private Stream<ProbeTarget> targets(KeyId key) {
        return watched(key).targets().values().stream();
    }

    /// The key without targets if it is not watched.
    private ProbedKey watched(KeyId key) {
        return keys.getOrDefault(key, ProbedKey.NONE);
    }

    private Stream<ProbeTarget> targets() {
        return keys.values().stream().flatMap(key -> key.targets().values().stream());
    }

    private VaultQueue queueOf(KeyReference key) {
        return queues.get(key.key().vaultUri());
    }
}
