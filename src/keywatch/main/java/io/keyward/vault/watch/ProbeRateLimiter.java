package io.keyward.vault.watch;

import io.keyward.vault.ProbeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Limits the probes of one instance to its part of one vault's quota, with a token bucket.
///
/// The bucket's capacity is a quarter of the share, and the other three quarters are refilled in ten seconds, so no
/// ten seconds exceed the share. It is unknown when a probe's requests arrive, so its capacity is refilled only after
/// the probe ends. A new bucket is empty, because another instance may have just probed the same keys.
///
/// Instances divide the share, because a vault may hold keys of several tenants. Together they stay within the
/// share as long as no single probe costs more than its instance's bucket holds. A probe that costs more starts
/// when the bucket is full, and later probes wait for the rest. This keeps the share on average.
final class ProbeRateLimiter {
    static final Duration WINDOW = Duration.ofSeconds(10);

    private final double share;
    private final double burst;
    private double part;
    private double level;
    private int running;
    private Instant filledAt;

    /// @param percent the share of all instances together
    /// @param part this instance's part of the share, more than 0 and up to 1
    ProbeRateLimiter(Quota quota, int percent, double part, Instant now) {
        this.share = quota.units() * percent / 100.0;
        this.burst = Math.max(share / 4, quota.cost(ProbeKind.ROUND_TRIP, Optional.empty()));
        this.part = part;
        this.filledAt = now;
    }

    void divide(double newPart, Instant now) {
        fill(now);
        part = newPart;
        level = Math.min(level, room());
    }

    /// The earliest time at which this cost can be spent; may be in the past. [Instant#MAX] if a running probe
    /// must end first.
    Instant readyAt(int cost) {
        double needed = Math.min(cost, capacity());
        if (needed > room()) {
            return Instant.MAX;
        }
        double missing = needed - level;
        return missing <= 0 ? filledAt : filledAt.plusNanos((long) Math.ceil(missing / perNano()));
    }

    /// A probe starts that may cost this much.
    void started(int cost, Instant now) {
        fill(now);
        level -= cost;
        running += cost;
    }

    /// The probe has ended; its real cost may differ from the estimate.
    void ended(int cost, int real, Instant now) {
        fill(now);
        running -= cost;
        level = Math.min(room(), level + cost - real);
    }

    private void fill(Instant now) {
        if (now.isAfter(filledAt)) {
            double flowed = perNano() * Duration.between(filledAt, now).toNanos();
            level = Math.min(room(), level + flowed);
            filledAt = now;
        }
    }

    private double room() {
        return capacity() - running;
    }

    private double capacity() {
        return part * burst;
    }

    private double perNano() {
        return part * (share - burst) / WINDOW.toNanos();
    }
}
