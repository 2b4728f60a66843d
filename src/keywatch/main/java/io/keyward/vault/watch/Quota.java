package io.keyward.vault.watch;

import io.keyward.config.AzureCloud;
import io.keyward.vault.KeyShape;
import io.keyward.vault.ProbeKind;
import java.util.Optional;

/// What a vault or Managed HSM serves in ten seconds, and what probes cost of it. Each has a unit of its own.
enum Quota {
    /// A vault refuses what exceeds 4,000 requests to RSA-2048 software keys; one of these is the unit.
    VAULT(4_000),
    /// A Managed HSM throttles nothing; this is its capacity while one of its three partitions is available. The unit
    /// is the reading of a key, of which it serves 1,100 a second.
    MANAGED_HSM(11_000);

    private static final int DEEP_REQUESTS = 3;
    private static final int HEAVIEST = 16;

    private final int units;

    Quota(int units) {
        this.units = units;
    }

    static Quota of(String vaultUri) {
        return AzureCloud.isManagedHsm(vaultUri) ? MANAGED_HSM : VAULT;
    }

    /// In ten seconds.
    int units() {
        return units;
    }

    /// The cost of a probe in units. Assumes the most expensive key type while the type is unknown.
    int cost(ProbeKind depth, Optional<KeyShape> shape) {
        return switch (depth) {
            case READ -> this == VAULT ? weight(shape) : 1;
            case ROUND_TRIP -> this == VAULT ? DEEP_REQUESTS * weight(shape) : hsmRoundTrip(shape);
        };
    }

    /// The cost of one request. HSM keys cost twice as much as software keys. 3072 bits cost four times and
    /// 4096 bits eight times as much as 2048.
    private static int weight(Optional<KeyShape> shape) {
        return shape.filter(KeyShape::isRsa)
                .map(known -> (known.kind() == KeyShape.Kind.RSA_HSM ? 2 : 1)
                        * switch (known.bits()) {
                            case 2048 -> 1;
                            case 3072 -> 4;
                            default -> 8;
                        })
                .orElse(HEAVIEST);
    }

    /// A Managed HSM wraps 2,200 or 1,900 times a second, and unwraps 1,100 times with 2048 bits, 360 times with 3072
    /// and 160 times with 4096.
    private static int hsmRoundTrip(Optional<KeyShape> shape) {
        return switch (shape.map(KeyShape::bits).orElse(0)) {
            case 2048 -> 3;
            case 3072 -> 5;
            default -> 9;
        };
    }
}
