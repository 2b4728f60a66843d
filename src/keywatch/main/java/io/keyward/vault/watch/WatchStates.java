package io.keyward.vault.watch;

import io.keyward.domain.event.WatchState;
import io.keyward.domain.event.WatchStatus;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.vault.DenialReason;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How well each key is watched, and since when. Logs when a key is no longer watched, because no metric names it.
/// Confined to one thread.
///
/// @param last what the last [#update] found
record WatchStates(
        ProbeScheduler scheduler,
        HeldDenials held,
        Viewpoint viewpoint,
        KeySource facts,
        Map<KeyId, WatchStatus> last) {
    private static final Logger LOG = LoggerFactory.getLogger(WatchStates.class);

    WatchStates(ProbeScheduler scheduler, HeldDenials held, Viewpoint viewpoint, KeySource facts) {
        this(scheduler, held, viewpoint, facts, new HashMap<>());
    }

    /// Determines the state of each key.
    ///
    /// @param users what uses each watched key, by tenants
    /// @return the number of keys in each state
    Map<WatchState, Integer> update(Map<KeyId, ? extends Map<TenantId, ?>> users, Instant now) {
        last.keySet().retainAll(users.keySet());
        Map<WatchState, Integer> counts = new EnumMap<>(WatchState.class);
        users.forEach((key, versions) -> {
            WatchStatus status = of(key, now);
            counts.merge(status.state(), 1, Integer::sum);
            Optional<WatchStatus> before = Optional.ofNullable(last.get(key));
            if (before.filter(status::isLike).isEmpty()) {
                last.put(key, status);
            }
            if (before.filter(known -> known.state() == status.state()).isEmpty()) {
                log(key, status.state(), versions.keySet());
            }
        });
        return counts;
    }

    /// What the last [#update] found; empty if it did not look at this key.
    Optional<WatchStatus> status(KeyId key) {
        return Optional.ofNullable(last.get(key));
    }

    private WatchStatus of(KeyId key, Instant now) {
        if (scheduler.isUnreachable(key)) {
            return new WatchStatus(WatchState.UNREACHABLE, Optional.empty(), false, now);
        }
        return current(key)
                .map(answer -> of(key, answer, now))
                .orElseGet(() -> new WatchStatus(WatchState.WAITING, Optional.empty(), false, now));
    }

    private WatchStatus of(KeyId key, ProbeAnswer answer, Instant now) {
        return isOpaque(key, answer, now)
                ? new WatchStatus(
                        WatchState.DENIED,
                        answer.result().denial().map(DenialReason::name),
                        false,
                        answer.deniedSince())
                : new WatchStatus(WatchState.WATCHED, Optional.empty(), answer.usable(), answer.askedAt());
    }

    private Optional<ProbeAnswer> current(KeyId key) {
        return scheduler.last(new KeyReference(key, Optional.empty()));
    }

    private boolean isOpaque(KeyId key, ProbeAnswer answer, Instant now) {
        return answer.isDenial() && (!viewpoint.mayBecomeFact(answer) || held.holds(key, now));
    }

    /// An unresponsive vault is logged once and not for each of its keys, except for those on which environments are
    /// locked meanwhile.
    private void log(KeyId key, WatchState state, Set<TenantId> tenants) {
        List<String> open = tenants.stream()
                .flatMap(tenant -> facts.facts(tenant, key).stream())
                .map(KeyFacts::openRevocations)
                .flatMap(List::stream)
                .filter(revocation -> EventIds.isOurs(revocation.stamp().eventId()))
                .map(Fact.Revocation::cause)
                .distinct()
                .map(cause -> "; " + cause + ", which the watch has published, stays until the key answers")
                .toList();
        switch (state) {
            case DENIED ->
                LOG.warn(
                        "Key {} is not watched: access denied since {}{}",
                        key,
                        current(key).orElseThrow().deniedSince(),
                        String.join("", open));
            case UNREACHABLE -> {
                if (!open.isEmpty()) {
                    LOG.warn("Key {} is not watched: no conclusive answer{}", key, String.join("", open));
                }
            }
            case WATCHED, WAITING -> LOG.debug("Key {} is {}", key, state.label());
        }
    }
}
