package io.keyward.vault.watch;

import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.vault.DenialReason;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// A customer with one key, who grants two identities and admits two networks: the platform's and Keyward's.
final class SimulatedCustomer {
    /// What a customer can take away, and give back.
    enum Switch {
        POLICY_GRANT(RevocationCause.ACCESS_REMOVED),
        KEYWARD_GRANT(null),
        PLATFORM_NETWORK(RevocationCause.NETWORK_BLOCKED),
        KEYWARD_NETWORK(null),
        ENABLED(RevocationCause.KEY_DISABLED);

        private final RevocationCause cause;

        Switch(RevocationCause cause) {
            this.cause = cause;
        }
    }

    final TenantId tenant;
    final KeyId key;
    private final Map<Switch, Instant> offSince = new EnumMap<>(Switch.class);
    private final Map<Switch, Instant> onSince = new EnumMap<>(Switch.class);
    private boolean outage;
    private Instant outageEndedAt = Instant.MIN;

    SimulatedCustomer(int number) {
        tenant = new TenantId("t" + number);
        key = new KeyId("https://v" + number + ".vault.azure.net", "k");
    }

    boolean isOn(Switch one) {
        return !offSince.containsKey(one);
    }

    void turn(Switch one, boolean on, Instant now) {
        if (on && offSince.remove(one) != null) {
            onSince.put(one, now);
        } else if (!on) {
            offSince.putIfAbsent(one, now);
        }
    }

    void outage(boolean begins, Instant now) {
        outage = begins;
        outageEndedAt = begins ? outageEndedAt : now;
    }

    boolean isOut() {
        return outage;
    }

    /// Whether the cause has been true at some time since then.
    boolean wasTrueSince(RevocationCause cause, Instant since) {
        Switch one = of(cause);
        return !isOn(one) || onSince.getOrDefault(one, Instant.MIN).isAfter(since);
    }

    /// Whether the cause has been true all the time since then.
    boolean isTrueSince(RevocationCause cause, Instant since) {
        Instant off = offSince.getOrDefault(of(cause), Instant.MAX);
        return !off.isAfter(since);
    }

    /// Whether nothing has kept this identity and network from the key since then, and it has been enabled.
    boolean isWellSince(Switch grant, Switch network, Instant since) {
        return !outage
                && outageEndedAt.isBefore(since)
                && isWell(grant, since)
                && isWell(network, since)
                && isWell(Switch.ENABLED, since);
    }

    private boolean isWell(Switch one, Instant since) {
        return isOn(one) && onSince.getOrDefault(one, Instant.MIN).isBefore(since);
    }

    /// Why the platform cannot use the key when this is taken away; empty if it still can.
    static Optional<RevocationCause> causeOf(Switch one) {
        return Optional.ofNullable(one.cause);
    }

    private static Switch of(RevocationCause cause) {
        for (Switch one : Switch.values()) {
            if (one.cause == cause) {
                return one;
            }
        }
        throw new IllegalArgumentException(cause.name());
    }

    /// What the vault answers to that identity from that network. The outage refuses all identities of other tenants.
    ProbeResult answer(Switch grant, Switch network) {
        if (!isOn(network)) {
            return Answers.denied(DenialReason.NETWORK);
        }
        if (outage || !isOn(grant)) {
            return Answers.denied(DenialReason.RBAC);
        }
        return Answers.found(isOn(Switch.ENABLED) ? ProbeOutcome.USABLE : ProbeOutcome.DISABLED, "v1");
    }
}
