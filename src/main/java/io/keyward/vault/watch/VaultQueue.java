package io.keyward.vault.watch;

import io.keyward.vault.ProbeResult;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One vault: its keys in the order in which they are to be asked about, its budget, and how it has behaved.
final class VaultQueue {
    private static final Logger LOG = LoggerFactory.getLogger(VaultQueue.class);

    private final String vaultUri;
    private final int concurrency;
    private final ProbeRateLimiter budget;
    private final CircuitBreaker breaker;
    private final TreeSet<ProbeTarget> urgent = new TreeSet<>(ProbeTarget.BY_TIME);
    private final TreeSet<ProbeTarget> regular = new TreeSet<>(ProbeTarget.BY_TIME);
    private int running;

    /// @param part how much of the share of the vault's quota is this instance's
    VaultQueue(String vaultUri, WatchSettings settings, double part, Instant now) {
        this.vaultUri = vaultUri;
        this.concurrency = settings.limits().concurrencyPerVault();
        this.budget = new ProbeRateLimiter(settings.limits().quotaPercent(), part, now);
        this.breaker = new CircuitBreaker(settings.breaks());
    }

    String vaultUri() {
        return vaultUri;
    }

    ProbeRateLimiter budget() {
        return budget;
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

    /// When it can be asked next, as things stand; it may be past. [Instant#MAX] if nothing is to be asked, or a
    /// probe has to come back first.
    Instant readyAt() {
        int allowed = breaker.isTripped() ? 1 : concurrency;
        return running < allowed ? first().map(this::readyAt).orElse(Instant.MAX) : Instant.MAX;
    }

    /// Who is to be asked next: a suspect, unless there is time for another one before.
    Optional<ProbeTarget> first() {
        if (urgent.isEmpty()) {
            return regular.isEmpty() ? Optional.empty() : Optional.of(regular.first());
        }
        ProbeTarget suspect = urgent.first();
        return Optional.of(
                !regular.isEmpty() && readyAt(regular.first()).isBefore(suspect.nextAt()) ? regular.first() : suspect);
    }

    private Instant readyAt(ProbeTarget target) {
        return Stream.of(target.nextAt(), breaker.until(), budget.readyAt(target.cost()))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    ProbeRequest started(ProbeTarget target, Instant now) {
        remove(target);
        target.running(true);
        ProbeRequest question = new ProbeRequest(target.key(), target.nextDepth(), target.cost());
        budget.started(question.cost(), now);
        running++;
        return question;
    }

    /// @param cost what the probe really cost
    void ended(ProbeRequest question, int cost, Instant now) {
        budget.ended(question.cost(), cost, now);
        running--;
    }

    /// The vault has said nothing of a key.
    void failed(ProbeResult finding, Instant now) {
        if (breaker.failed(now, finding.retryAfter())) {
            LOG.warn(
                    "The vault {} gives no answer that tells of keys; one attempt at a time from now on: {} {}",
                    vaultUri,
                    finding.verdict(),
                    finding.detail());
        }
    }

    /// The vault has said something of a key.
    void answered() {
        if (breaker.answered()) {
            LOG.info("The vault {} answers again", vaultUri);
        }
    }
}
