package io.keyward.vault.watch;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.vault.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rounds of a watchman: which key to ask about next, within what its vault and we can bear. Knows nothing of
/// tenants and facts; time comes with each call. For one thread.
final class ProbeScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeScheduler.class);

    private final WatchSettings settings;
    private final RandomGenerator random;
    private final Map<KeyId, WatchedKey> keys = new HashMap<>();
    private final Map<String, VaultQueue> lanes = new HashMap<>();
    private final VaultSchedule turns = new VaultSchedule();
    private final IdentityCircuitBreaker identity;
    private double part = 1;
    private int running;

    /// @param random for the jitter
    ProbeScheduler(WatchSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
        this.identity = new IdentityCircuitBreaker(settings.breaks());
    }

    /// From now on so much of the share of each vault's quota is this instance's; the rest is for others.
    void divide(double newPart, Instant now) {
        if (newPart != part) {
            part = newPart;
            List.copyOf(lanes.values()).forEach(lane -> {
                lane.budget().divide(part, now);
                order(lane);
            });
        }
    }

    /// Watches these keys from now on, and no others. What was seen of one that stays is kept.
    void watch(Set<KeyReference> wanted, Instant now) {
        targets()
                .map(ProbeTarget::key)
                .filter(key -> !wanted.contains(key))
                .toList()
                .forEach(this::forget);
        wanted.stream().filter(key -> find(key).isEmpty()).sorted().forEach(key -> begin(key, now));
    }

    /// The first probe of a key falls at random into one period, so that a start does not ask everybody at once.
    private void begin(KeyReference key, Instant now) {
        long period = settings.pace().period().toNanos();
        ProbeTarget target =
                new ProbeTarget(key, settings.proof().confirmations(), now, now.plusNanos(random.nextLong(period)));
        keys.computeIfAbsent(key.key(), _ -> new WatchedKey()).put(target);
        VaultQueue lane = lanes.computeIfAbsent(key.key().vaultUri(), uri -> new VaultQueue(uri, settings, part, now));
        lane.add(target);
        order(lane);
    }

    private void forget(KeyReference key) {
        WatchedKey watched = keys.get(key.key());
        VaultQueue lane = laneOf(key);
        watched.remove(key.version()).filter(target -> !target.running()).ifPresent(lane::remove);
        if (watched.targets().isEmpty()) {
            keys.remove(key.key());
        }
        order(lane);
    }

    /// The probe that can be made now, if there is one. It counts as running until it is answered.
    Optional<ProbeRequest> next(Instant now) {
        while (!now.isBefore(wakeAt())) {
            VaultQueue lane = lanes.get(turns.first());
            ProbeTarget target = lane.first().orElseThrow();
            WatchedKey key = keys.get(target.key().key());
            if (key.mayBeCurrent(target)) {
                change(target, () -> target.postponed(now.plus(settings.proof().interval())));
            } else if (key.isCurrent(target)) {
                key.find(Optional.empty()).ifPresent(target::provenBy);
                change(target, () -> target.postponed(now.plus(settings.pace().period())));
            } else {
                ProbeRequest question = lane.started(target, now);
                running++;
                order(lane);
                return Optional.of(question);
            }
        }
        return Optional.empty();
    }

    /// When there may be a probe to make; [Instant#MAX] if something else has to happen first.
    Instant wakeAt() {
        int allowed = identity.isTripped() ? 1 : settings.limits().concurrency();
        if (running >= allowed) {
            return Instant.MAX;
        }
        Instant first = turns.next();
        return first.isAfter(identity.until()) ? first : identity.until();
    }

    /// Takes in an answer.
    ///
    /// @return whether the key is to be judged by it
    boolean answered(ProbeRequest question, Instant asked, ProbeResult finding, Instant now) {
        running--;
        VaultQueue lane = laneOf(question.key());
        Optional<ProbeTarget> found = find(question.key()).filter(ProbeTarget::running);
        lane.ended(question, question.cost(finding, found.flatMap(ProbeTarget::shape)), now);
        behaved(lane, finding, now);
        found.ifPresent(target -> {
            target.running(false);
            schedule(target, question, asked, finding, now);
            lane.add(target);
        });
        order(lane);
        return found.isPresent() && finding.conclusive();
    }

    private void schedule(ProbeTarget target, ProbeRequest question, Instant asked, ProbeResult finding, Instant now) {
        if (!finding.conclusive()) {
            target.postponed(now.plus(jittered(settings.proof().interval())));
        } else if (target.answered(question, asked, finding)) {
            target.urgent(now);
        } else {
            target.regular(
                    now.plus(jittered(settings.pace().period())),
                    settings.pace().deepEvery());
        }
    }

    private void behaved(VaultQueue lane, ProbeResult finding, Instant now) {
        switch (finding.verdict()) {
            case THROTTLED, UNAVAILABLE -> lane.failed(finding, now);
            case OWN_IDENTITY -> {
                lane.failed(finding, now);
                if (identity.failedAt(lane.vaultUri(), lanes.size(), now)) {
                    LOG.warn(
                            "Our own identity fails at every vault; one attempt at a time from now on: {}",
                            finding.detail());
                }
            }
            case USABLE, DISABLED, DELETED_RECOVERABLE, ABSENT, ACCESS_DENIED, EXPIRED, NOT_YET_VALID, UNSUITABLE -> {
                lane.answered();
                if (identity.accepted()) {
                    LOG.info("Our own identity is accepted again");
                }
            }
        }
    }

    /// Asks about the key and its versions again before long, since something is yet to be proven.
    void suspect(KeyId key, Instant now) {
        Instant soon = now.plus(jittered(settings.proof().interval()));
        Optional.ofNullable(keys.get(key)).stream()
                .flatMap(watched -> watched.targets().stream())
                .filter(target -> !target.running())
                .filter(target -> !target.urgent() || target.nextAt().isAfter(soon))
                .toList()
                .forEach(target -> change(target, () -> target.urgent(soon)));
    }

    /// What deep probes have shown of a key lately.
    Evidence evidence(KeyId key) {
        return Optional.ofNullable(keys.get(key))
                .map(WatchedKey::evidence)
                .orElseGet(() -> new Evidence(List.of(), Map.of()));
    }

    /// Since when the key that has gone longest without a conclusive answer to a deep probe has gone without one;
    /// empty when no key is watched.
    Optional<Instant> oldestProof() {
        return keys.values().stream()
                .flatMap(key -> key.targets().stream().filter(target -> !key.isCurrent(target)))
                .map(ProbeTarget::provenAt)
                .min(Comparator.naturalOrder());
    }

    private void change(ProbeTarget target, Runnable change) {
        VaultQueue lane = laneOf(target.key());
        lane.remove(target);
        change.run();
        lane.add(target);
        order(lane);
    }

    /// Puts the vault into its place among the others; without any key it has none.
    private void order(VaultQueue lane) {
        if (lane.isEmpty()) {
            turns.remove(lane);
            lanes.remove(lane.vaultUri());
        } else {
            turns.put(lane);
        }
    }

    private Optional<ProbeTarget> find(KeyReference key) {
        return Optional.ofNullable(keys.get(key.key())).flatMap(watched -> watched.find(key.version()));
    }

    private Stream<ProbeTarget> targets() {
        return keys.values().stream().flatMap(key -> key.targets().stream());
    }

    private VaultQueue laneOf(KeyReference key) {
        return lanes.get(key.key().vaultUri());
    }

    private Duration jittered(Duration duration) {
        double off = settings.pace().jitterPercent() / 100.0 * (2 * random.nextDouble() - 1);
        return duration.plusNanos((long) (duration.toNanos() * off));
    }
}
