package io.keyward.vault.watch;

import io.keyward.domain.event.WatchState;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How well each key is watched. Logs when a key is no longer watched, because no metric names it. Confined to one
/// thread.
///
/// @param last the states that the last [#update] found
record WatchStates(
        ProbeScheduler scheduler,
        HeldDenials held,
        Viewpoint viewpoint,
        WatchedKeys facts,
        Map<KeyId, WatchState> last) {
    private static final Logger LOG = LoggerFactory.getLogger(WatchStates.class);

    WatchStates(ProbeScheduler scheduler, HeldDenials held, Viewpoint viewpoint, WatchedKeys facts) {
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
            WatchState state = of(key, now);
            counts.merge(state, 1, Integer::sum);
            if (last.put(key, state) != state) {
                log(key, state, versions.keySet());
            }
        });
        return counts;
    }

    private WatchState of(KeyId key, Instant now) {
        if (scheduler.isUnreachable(key)) {
            return WatchState.UNREACHABLE;
        }
        return current(key)
                .map(answer -> isOpaque(key, answer, now) ? WatchState.DENIED : WatchState.WATCHED)
                .orElse(WatchState.WAITING);
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
