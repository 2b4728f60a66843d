package io.keyward.vault.watch;

import io.keyward.vault.ProbeResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One vault: its keys ordered by their next probes, its rate limiter and its circuit breaker.
final class VaultQueue {
    private static final Logger LOG = LoggerFactory.getLogger(VaultQueue.class);

    private final String vaultUri;
    private final int concurrency;
    private final ProbeRateLimiter limiter;
    private final CircuitBreaker circuitBreaker;
    private final TreeSet<ProbeTarget> urgent = new TreeSet<>(ProbeTarget.BY_TIME);
    private final TreeSet<ProbeTarget> regular = new TreeSet<>(ProbeTarget.BY_TIME);
    private int running;

    /// @param part this instance's part of the vault's quota
    VaultQueue(String vaultUri, WatchSettings settings, double part, Instant now) {
        this.vaultUri = vaultUri;
        this.concurrency = settings.limits().concurrencyPerVault();
        this.limiter = new ProbeRateLimiter(settings.limits().quotaPercent(), part, now);
        this.circuitBreaker = new CircuitBreaker(settings.breaks());
    }

    String vaultUri() {
        return vaultUri;
    }

    ProbeRateLimiter limiter() {
        return limiter;
    }

    void add(ProbeTarget target) {
        (target.urgent() ? urgent : regular).add(target);
    }

    void remove(ProbeTarget target) {
        (target.urgent() ? urgent : regular).remove(target);
    }

    boolean isEmpty() {
        return running == 0 && urgent.isEmpty() && regular.isEmpty();
    }

    /// The earliest time of the next probe; may be in the past. [Instant#MAX] if there is none, or if a running
    /// probe must end first.
    Instant readyAt() {
        int allowed = circuitBreaker.isTripped() ? 1 : concurrency;
        return running < allowed ? first().map(this::readyAt).orElse(Instant.MAX) : Instant.MAX;
    }

    /// The target to probe next: a suspect, unless a regular probe fits before it.
    Optional<ProbeTarget> first() {
        if (urgent.isEmpty()) {
            return regular.isEmpty() ? Optional.empty() : Optional.of(regular.first());
        }
        ProbeTarget suspect = urgent.first();
        return Optional.of(
                !regular.isEmpty() && readyAt(regular.first()).isBefore(suspect.nextAt()) ? regular.first() : suspect);
    }

    private Instant readyAt(ProbeTarget target) {
        return Stream.of(target.nextAt(), circuitBreaker.until(), limiter.readyAt(target.cost()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    ProbeRequest started(ProbeTarget target, Instant now) {
        remove(target);
        target.running(true);
        ProbeRequest request = new ProbeRequest(target.key(), target.nextKind(), target.cost());
        limiter.started(request.cost(), now);
        running++;
        return request;
    }

    /// @param cost the real cost of the probe
    void ended(ProbeRequest request, int cost, Instant now) {
        limiter.ended(request.cost(), cost, now);
        running--;
    }

    /// Records an inconclusive probe.
    void failed(ProbeResult result, Instant now) {
        if (circuitBreaker.failed(now, result.retryAfter())) {
            LOG.warn(
                    "The vault {} gives no answer that tells of keys; one attempt at a time from now on: {} {}",
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
