package io.keyward.vault.watch;

import io.keyward.vault.KeyShape;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A vault of simulated keys that fails at times and counts its requests.
final class SimulatedVault {
    private final Map<String, SimulatedKey> keys = new LinkedHashMap<>();
    private final Deque<Request> lastTenSeconds = new ArrayDeque<>();
    private Optional<ProbeOutcome> outage = Optional.empty();
    private Instant outageChangedAt = Instant.MIN;
    private int unreliability;
    private int worst;
    private long requests;

    private record Request(Instant at, int weight) {}

    void add(SimulatedKey key) {
        keys.put(key.id().keyName(), key);
    }

    Map<String, SimulatedKey> keys() {
        return keys;
    }

    /// Starts an outage in which every answer is of this kind; ends the outage if empty.
    void outage(Optional<ProbeOutcome> kind, Instant now) {
        outage = kind;
        outageChangedAt = now;
    }

    boolean isOut() {
        return outage.isPresent();
    }

    Instant outageChangedAt() {
        return outageChangedAt;
    }

    boolean isReliable() {
        return unreliability == 0;
    }

    /// Sets the percentage of probes that are not answered.
    void unreliability(int percent) {
        unreliability = percent;
    }

    ProbeResult probe(ProbeRequest probe, Instant at, RandomGenerator random) {
        SimulatedKey key = keys.get(probe.key().key().keyName());
        if (outage.isPresent()) {
            count(1, key.shape(), at);
            ProbeResult finding = ProbeResult.of(outage.get(), "outage");
            return outage.get() == ProbeOutcome.THROTTLED
                    ? finding.notBefore(Duration.ofSeconds(1 + random.nextInt(60)))
                    : finding;
        }
        if (random.nextInt(100) < unreliability) {
            count(1, key.shape(), at);
            return ProbeResult.of(
                    random.nextBoolean() ? ProbeOutcome.UNAVAILABLE : ProbeOutcome.THROTTLED, "by chance");
        }
        ProbeResult found = key.find(probe.key().version(), probe.kind(), at);
        boolean second = found.outcome() == ProbeOutcome.DELETED_RECOVERABLE || found.outcome() == ProbeOutcome.ABSENT;
        count(
                second ? 2 : probe.kind() == ProbeKind.ROUND_TRIP && found.outcome() == ProbeOutcome.USABLE ? 3 : 1,
                key.shape(),
                at);
        return found;
    }

    /// The highest use of the quota in any ten seconds, in requests to an RSA-2048 software key.
    int worst() {
        return worst;
    }

    long requests() {
        return requests;
    }

    private void count(int more, KeyShape shape, Instant at) {
        requests += more;
        lastTenSeconds.addLast(new Request(at, more * Quota.VAULT.cost(ProbeKind.READ, Optional.of(shape))));
        while (!lastTenSeconds.getFirst().at().isAfter(at.minus(ProbeRateLimiter.WINDOW))) {
            lastTenSeconds.removeFirst();
        }
        worst = Math.max(
                worst, lastTenSeconds.stream().mapToInt(Request::weight).sum());
    }
}
