package io.keyward.vault.watch;

import io.keyward.vault.KeyShape;
import io.keyward.vault.ProbeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The share of one vault's quota that the probes of one instance may use.
///
/// Counted in requests to an RSA-2048 software key, of which a vault serves 4,000 in ten seconds. Any other kind of key
/// costs as many times more as a vault serves fewer of them. A bucket that holds a quarter of the share and is filled
/// with the rest in ten seconds: so no ten seconds see more than the share. Nobody knows when within a probe its
/// requests arrive, so its place in the bucket is filled only after its end. A new bucket is empty, because another
/// instance may just have spent its own on the same keys.
///
/// Instances divide the share, since a vault may hold keys of several tenants. Their parts together keep the bound as
/// well, as long as no single probe is dearer than the bucket of its instance. One that is waits until the bucket is
/// full and pays the rest by waiting, which keeps the bound on average.
final class ProbeRateLimiter {
    /// Of RSA-2048 software keys, per vault and ten seconds.
    static final int QUOTA = 4_000;

    static final Duration WINDOW = Duration.ofSeconds(10);

    private static final int HEAVIEST = 16;
    private static final int DEEP_REQUESTS = 3;

    private final double share;
    private final double burst;
    private double part;
    private double level;
    private int running;
    private Instant filledAt;

    /// @param percent the share of all instances together
    /// @param part how much of it is this instance's, more than 0 and up to 1
    ProbeRateLimiter(int percent, double part, Instant now) {
        this.share = QUOTA * percent / 100.0;
        this.burst = Math.max(share / 4, DEEP_REQUESTS * HEAVIEST);
        this.part = part;
        this.filledAt = now;
    }

    /// From now on another part of the share is this instance's.
    void divide(double newPart, Instant now) {
        fill(now);
        part = newPart;
        level = Math.min(level, room());
    }

    /// What a probe takes out of the quota. As long as the kind of key is not known, the dearest is assumed.
    static int cost(ProbeKind depth, Optional<KeyShape> shape) {
        int requests = switch (depth) {
            case READ -> 1;
            case ROUND_TRIP -> DEEP_REQUESTS;
        };
        return requests * weight(shape);
    }

    /// What one request takes out of the quota: HSM keys twice as much as software keys, 3072 bits four times and 4096
    /// bits eight times as much as 2048.
    static int weight(Optional<KeyShape> shape) {
        return shape.filter(KeyShape::suitable)
                .map(known -> (known.kind() == KeyShape.Kind.RSA_HSM ? 2 : 1)
                        * switch (known.bits()) {
                            case 2048 -> 1;
                            case 3072 -> 4;
                            default -> 8;
                        })
                .orElse(HEAVIEST);
    }

    /// When that much can be spent at the earliest; it may be past. [Instant#MAX] if a probe has to end first.
    Instant readyAt(int cost) {
        double needed = Math.min(cost, capacity());
        if (needed > room()) {
            return Instant.MAX;
        }
        double missing = needed - level;
        return missing <= 0 ? filledAt : filledAt.plusNanos((long) Math.ceil(missing / perNano()));
    }

    /// A probe that may cost so much begins.
    void started(int cost, Instant now) {
        fill(now);
        level -= cost;
        running += cost;
    }

    /// It has ended, and has cost more or less than that.
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
