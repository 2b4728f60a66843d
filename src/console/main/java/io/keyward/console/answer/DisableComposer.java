package io.keyward.console.answer;

import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.Decider;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.advice.DisableCheck;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.TenantReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Composes the answer whether a key may be disabled, from all of its users in every tenant (R27).
final class DisableComposer {
    private final ReplicaView view;
    private final KeyReference key;
    private final BlockerPage page;
    private final DisableCheck check;

    /// The tenant that was read last. Users come tenant by tenant, and all of them need the facts of the key.
    private Optional<UsersTenant> last = Optional.empty();

    DisableComposer(Decider decider, ReplicaView view, DisableQuestion question) {
        this.view = view;
        this.key = question.key();
        this.page = new BlockerPage(question);
        this.check = new DisableCheck(decider, key, question.moment(), page);
    }

    /// @param keys the facts of keys, cached by the set of keys
    private record UsersTenant(
            TenantId tenant, TenantReader reader, Instant timeReached, Map<Set<KeyId>, Map<KeyId, KeyFacts>> keys) {
        static UsersTenant read(ReplicaView view, TenantId tenant) {
            TenantReader reader = view.reader(tenant);
            return new UsersTenant(tenant, reader, reader.state().timeReached().orElse(Instant.MIN), new HashMap<>());
        }

        /// The facts of the keys among the environment's applications, and of the key in question.
        Map<KeyId, KeyFacts> keysOf(EnvironmentRow row, KeyId key) {
            return keys.computeIfAbsent(row.state().facts().keys(), used -> {
                Set<KeyId> wanted = new HashSet<>(used);
                wanted.add(key);
                return wanted.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), reader::keyFacts));
            });
        }
    }

    DisableAnswer compose(TenantId tenant) {
        view.eachUser(key.key(), user -> add(user.row()));
        Staleness staleness = view.staleness();
        staleness.missing().forEach(check::notKnown);
        if (view.caller().isRestricted()) {
            check.notKnown(
                    "Only tenants that you may see were checked; others may use the key. Ask someone who may see all tenants.");
        }
        if (staleness.complete() && staleness.lag() > 0) {
            check.notKnown("%,d records have not been read yet; try again in a moment.".formatted(staleness.lag()));
        }
        return new DisableAnswer(
                tenant, key, check.answer(), page.environments(), page.count(), page.next(), staleness);
    }

    private void add(EnvironmentRow row) {
        UsersTenant facts = last.filter(known -> known.tenant().equals(row.tenant()))
                .orElseGet(() -> UsersTenant.read(view, row.tenant()));
        last = Optional.of(facts);
        check.add(new KnownEnvironment(
                row.tenant(),
                row.environment(),
                row.state(),
                facts.reader().reports(row.environment(), row.state().facts()),
                facts.keysOf(row, key.key()),
                facts.timeReached()));
    }
}
