package io.keyward.vault.watch;

import io.keyward.config.Configured;
import io.keyward.config.VaultSettings;
import io.keyward.domain.fact.Instants;
import io.keyward.vault.ProbeResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One vault: its keys ordered by their next probes, its rate limiter and its circuit breaker.
final class VaultQueue {
    /// Orders vaults by the times of their next probes, as last planned.
    static final Comparator<VaultQueue> BY_TIME =
            Comparator.comparing(VaultQueue::nextAt).thenComparing(VaultQueue::vaultUri);

    private static final Logger LOG = LoggerFactory.getLogger(VaultQueue.class);

    private final String vaultUri;
    private final int concurrency;
    private final ProbeRateLimiter limiter;
    private final CircuitBreaker circuitBreaker;
    private final Map<ProbePriority, TreeSet<ProbeTarget>> waiting = new EnumMap<>(ProbePriority.class);
    private Instant nextAt = Instant.MAX;
    private boolean hintedLast;
    private int running;

    /// @param part this instance's part of the vault's quota
    VaultQueue(String vaultUri, Configured settings, double part, Instant now) {
        this.vaultUri = vaultUri;
        this.concurrency = settings.value(VaultSettings.CONCURRENCY_PER_VAULT);
        this.limiter = new ProbeRateLimiter(Quota.of(vaultUri), settings.value(VaultSettings.QUOTA_PERCENT), part, now);
        this.circuitBreaker = new CircuitBreaker(settings);
        for (ProbePriority priority : ProbePriority.values()) {
            waiting.put(priority, new TreeSet<>(ProbeTarget.BY_TIME));
        }
    }

    String vaultUri() {
        return vaultUri;
    }

    ProbeRateLimiter limiter() {
        return limiter;
    }

    /// The time of the next probe, as last planned.
    Instant nextAt() {
        return nextAt;
    }

    /// Plans the next probe.
    void plan() {
        nextAt = readyAt();
    }

    void add(ProbeTarget target) {
        waiting.get(target.priority()).add(target);
    }

    void remove(ProbeTarget target) {
        waiting.get(target.priority()).remove(target);
    }

    boolean isEmpty() {
        return running == 0 && waiting.values().stream().allMatch(Set::isEmpty);
    }

    /// The earliest time of the next probe; may be in the past. [Instant#MAX] if there is none, or if a running
    /// probe must end first.
    private Instant readyAt() {
        int allowed = circuitBreaker.isTripped() ? 1 : concurrency;
        return running < allowed ? first().map(this::readyAt).orElse(Instant.MAX) : Instant.MAX;
    }

    /// The target to probe next: the first one of the highest priority, unless one of a lower priority fits before
    /// it. While both wait, hints take no more than every second probe, so that they starve no other key.
    Optional<ProbeTarget> first() {
        Optional<ProbeTarget> hinted = first(ProbePriority.HINTED);
        Optional<ProbeTarget> planned = preferred(first(ProbePriority.SUSPECT), first(ProbePriority.REGULAR));
        boolean othersTurn = hintedLast
                && hinted.isPresent()
                && planned.filter(target -> !readyAt(target).isAfter(readyAt(hinted.get())))
                        .isPresent();
        return othersTurn ? planned : preferred(hinted, planned);
    }

    private Optional<ProbeTarget> preferred(Optional<ProbeTarget> high, Optional<ProbeTarget> low) {
        return high.filter(target -> low.filter(other -> readyAt(other).isBefore(target.nextAt()))
                        .isEmpty())
                .or(() -> low);
    }

    private Optional<ProbeTarget> first(ProbePriority priority) {
        TreeSet<ProbeTarget> targets = waiting.get(priority);
        return targets.isEmpty() ? Optional.empty() : Optional.of(targets.first());
    }

    private Instant readyAt(ProbeTarget target) {
        return Instants.max(Instants.max(target.nextAt(), circuitBreaker.until()), limiter.readyAt(target.cost()));
    }

    ProbeRequest started(ProbeTarget target, Instant now) {
        remove(target);
        ProbeRequest request = new ProbeRequest(target.key(), target.nextKind(), target.cost());
        hintedLast = target.priority() == ProbePriority.HINTED;
        target.started(now);
        limiter.started(request.cost(), now);
        running++;
        return request;
    }

    /// @param cost the real cost of the probe
    void ended(ProbeRequest request, int cost, Instant now) {
        limiter.ended(request.cost(), cost, now);
        running--;
    }

    /// Whether the last answers of the vault were inconclusive.
    boolean isUnresponsive() {
        return circuitBreaker.isTripped();
    }

    /// Records an inconclusive probe.
    void failed(ProbeResult result, Instant now) {
        if (circuitBreaker.failed(now, result.retryAfter())) {
            LOG.warn(
                    "No conclusive answer from vault {}; circuit breaker open, probing one key at a time: {} {}",
                    vaultUri,
                    result.outcome(),
                    result.detail());
        }
    }

    /// Records a conclusive probe.
    void answered() {
        if (circuitBreaker.answered()) {
            LOG.info("The vault {} answers again", vaultUri);
        }
    }
}
