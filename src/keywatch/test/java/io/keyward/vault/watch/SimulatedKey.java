package io.keyward.vault.watch;

import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyVersion;
import io.keyward.vault.DenialReason;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.KeyShape;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import io.keyward.vault.RecoveryLevel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A key in a vault with its whole history, so that the answer to a probe is known for any time.
final class SimulatedKey {
    private final KeyId id;
    private final KeyShape shape;
    private final TreeMap<Instant, State> states = new TreeMap<>();

    /// Keyward's access to the key.
    enum Access {
        ALL,
        /// The key may be read, but wrapping is denied.
        READ,
        NONE,
        /// The firewall blocks Keyward.
        BLOCKED
    }

    record Version(KeyVersion name, boolean enabled, Optional<Instant> expiresAt) {}

    record State(List<Version> versions, boolean deleted, Access access) {
        State with(UnaryOperator<Version> change) {
            List<Version> changed = new ArrayList<>(versions);
            changed.set(changed.size() - 1, change.apply(changed.getLast()));
            return new State(changed, deleted, access);
        }

        State rotated(KeyVersion next) {
            List<Version> more = new ArrayList<>(versions);
            more.add(new Version(next, true, Optional.empty()));
            return new State(more, deleted, access);
        }

        State deleted(boolean now) {
            return new State(versions, now, access);
        }

        State access(Access now) {
            return new State(versions, deleted, now);
        }

        /// The state without any fault.
        State healed() {
            return new State(
                    versions.stream()
                            .map(v -> new Version(v.name(), true, Optional.empty()))
                            .toList(),
                    false,
                    Access.ALL);
        }
    }

    SimulatedKey(KeyId id, KeyShape shape, Instant begin) {
        this.id = id;
        this.shape = shape;
        Version first = new Version(new KeyVersion("v1"), true, Optional.empty());
        states.put(begin, new State(List.of(first), false, Access.ALL));
    }

    KeyId id() {
        return id;
    }

    KeyShape shape() {
        return shape;
    }

    KeyVersion currentVersion() {
        return states.lastEntry().getValue().versions().getLast().name();
    }

    State now() {
        return states.lastEntry().getValue();
    }

    State at(Instant moment) {
        return states.floorEntry(moment).getValue();
    }

    Instant changedAt() {
        return states.lastKey();
    }

    void change(Instant at, UnaryOperator<State> change) {
        states.put(at, change.apply(now()));
    }

    void rotate(Instant at) {
        change(at, s -> s.rotated(new KeyVersion("v" + (s.versions().size() + 1))));
    }

    /// The answer to a probe at this moment.
    ProbeResult find(Optional<KeyVersion> version, ProbeKind depth, Instant at) {
        return find(states.floorEntry(at).getValue(), version, depth, at);
    }

    /// All possible answers to a round trip between two moments.
    Stream<ProbeResult> found(Optional<KeyVersion> version, Instant from, Instant to) {
        return Stream.concat(
                Stream.of(find(version, ProbeKind.ROUND_TRIP, from), find(version, ProbeKind.ROUND_TRIP, to)),
                states.subMap(from, true, to, true).entrySet().stream()
                        .map(entry -> find(entry.getValue(), version, ProbeKind.ROUND_TRIP, entry.getKey())));
    }

    private ProbeResult find(State state, Optional<KeyVersion> wanted, ProbeKind depth, Instant at) {
        if (state.access() == Access.BLOCKED) {
            return ProbeResult.of(ProbeOutcome.ACCESS_DENIED, "firewall").because(DenialReason.NETWORK);
        }
        if (state.access() == Access.NONE) {
            return ProbeResult.of(ProbeOutcome.ACCESS_DENIED, "no role").because(DenialReason.RBAC);
        }
        if (state.deleted()) {
            return ProbeResult.of(ProbeOutcome.DELETED_RECOVERABLE, "deleted")
                    .about(description(state.versions().getLast()));
        }
        Optional<Version> version = wanted.isEmpty()
                ? Optional.of(state.versions().getLast())
                : state.versions().stream()
                        .filter(v -> v.name().equals(wanted.get()))
                        .findFirst();
        return version.map(v -> find(state, v, depth, at))
                .orElse(ProbeResult.of(ProbeOutcome.ABSENT, "no such version"));
    }

    private ProbeResult find(State state, Version version, ProbeKind depth, Instant at) {
        KeyDescription description = description(version);
        if (!version.enabled()) {
            return ProbeResult.of(ProbeOutcome.DISABLED, "disabled").about(description);
        }
        if (version.expiresAt().filter(expiry -> !expiry.isAfter(at)).isPresent()) {
            return ProbeResult.of(ProbeOutcome.EXPIRED, "expired").about(description);
        }
        if (state.access() == Access.READ && depth == ProbeKind.ROUND_TRIP) {
            return ProbeResult.of(ProbeOutcome.ACCESS_DENIED, "no role to wrap")
                    .because(DenialReason.RBAC)
                    .about(description);
        }
        return ProbeResult.of(ProbeOutcome.USABLE, "usable").about(description);
    }

    private KeyDescription description(Version version) {
        return new KeyDescription(
                version.name(), shape, true, Optional.empty(), version.expiresAt(), RecoveryLevel.PURGE_PROTECTED);
    }
}
