package io.keyward.console.answer;

import io.keyward.console.answer.DecisionInForce.OfComponent;
import io.keyward.console.answer.KeyAnswer.OtherTenant;
import io.keyward.console.answer.KeyAnswer.Totals;
import io.keyward.console.answer.KeyAnswer.User;
import io.keyward.console.answer.KeyAnswer.Version;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.KeyUser;
import io.keyward.console.replica.Staleness;
import io.keyward.domain.RuleProfile.Evidence;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Published;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Protection;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Composes the answer about a key from its users: a page of the tenant's users, totals over all of them, and the
/// number of users in other tenants.
final class KeyUsers {
    /// The maximum number of users on a page: each carries its components.
    private static final int MOST = 100;

    private static final int MOST_TENANTS = 50;

    private final TenantId tenant;
    private final KeyId key;
    private final Optional<EnvironmentId> after;
    private final int limit;

    private final List<User> page = new ArrayList<>();
    private final Map<User.Use, Long> uses = new EnumMap<>(User.Use.class);
    private final Map<EncryptionState, Long> states = new EnumMap<>(EncryptionState.class);
    private final Map<User.Use, Map<EncryptionState, Long>> statesByUse = new EnumMap<>(User.Use.class);
    private final Map<Component, Map<Protection, Long>> components = new EnumMap<>(Component.class);
    private final SortedMap<String, Long> sinks = new TreeMap<>();
    private final SortedMap<String, Long> otherTenants = new TreeMap<>();
    private final Map<KeyVersion, Instant> keptUntil = new HashMap<>();
    private long users;
    private boolean more;
    private Optional<KeyWatching> watch = Optional.empty();

    KeyUsers(TenantId tenant, KeyId key, Optional<EnvironmentId> after, int limit) {
        this.tenant = tenant;
        this.key = key;
        this.after = after;
        this.limit = Math.min(limit, MOST);
    }

    void watched(Optional<KeyWatching> found) {
        watch = found;
    }

    /// @param user called in the order of tenant and environment
    void add(KeyUser user) {
        if (!user.tenant().equals(tenant)) {
            otherTenants.merge(user.tenant().value(), 1L, Long::sum);
            return;
        }
        users++;
        Published published = user.summary().published();
        User.Use use =
                user.applied() ? published.decision().map(this::use).orElse(User.Use.APPLIED) : User.Use.REPORTED;
        uses.merge(use, 1L, Long::sum);
        published.decision().ifPresent(decision -> count(decision, published, use));
        if (after.isEmpty() || user.environment().compareTo(after.get()) > 0) {
            if (page.size() < limit) {
                page.add(user(user.row(), use));
            } else {
                more = true;
            }
        }
    }

    private User.Use use(Decision decision) {
        if (decision.key().map(KeyReference::key).equals(Optional.of(key))) {
            return User.Use.DATA;
        }
        return retained(decision).isEmpty() ? User.Use.APPLIED : User.Use.BACKUPS;
    }

    private List<Retention> retained(Decision decision) {
        return decision.retainUntil().stream()
                .filter(kept -> kept.key().key().equals(key))
                .toList();
    }

    private void count(Decision decision, Published published, User.Use use) {
        states.merge(decision.encryptionState(), 1L, Long::sum);
        statesByUse
                .computeIfAbsent(use, _ -> new EnumMap<>(EncryptionState.class))
                .merge(decision.encryptionState(), 1L, Long::sum);
        retained(decision)
                .forEach(kept -> kept.key()
                        .version()
                        .ifPresent(version -> keptUntil.merge(version, kept.until(), Instants::max)));
        if (use == User.Use.DATA) {
            decision.components()
                    .forEach((component, held) -> components
                            .computeIfAbsent(component, _ -> new EnumMap<>(Protection.class))
                            .merge(held.protection(), 1L, Long::sum));
            published.sinkNames().forEach(sink -> sinks.merge(sink, 1L, Long::sum));
        }
    }

    private User user(EnvironmentRow row, User.Use use) {
        Published published = row.state().published();
        Optional<Decision> decision = published.decision();
        return new User(
                row.environment().value(),
                use,
                decision.filter(_ -> use == User.Use.DATA)
                        .flatMap(Decision::key)
                        .flatMap(KeyReference::version)
                        .map(KeyVersion::value),
                decision,
                decision.flatMap(
                        known -> retained(known).stream().map(Retention::until).max(Comparator.naturalOrder())),
                decision.map(Decision::components).map(OfComponent::list).orElse(List.of()),
                published.sinkNames(),
                published.warningNames());
    }

    /// @param facts the facts of the key
    /// @param proof the proof over the tenant's users
    KeyAnswer compose(KeyFacts facts, KeyProof proof, Evidence evidence, Staleness staleness) {
        KeyHistory history = new KeyHistory(facts);
        // The latest date until which a user needs a version that it no longer uses or that was superseded.
        List<Version> versions = history.versions(version -> Optional.ofNullable(keptUntil.get(version)));
        return new KeyAnswer(
                tenant.value(),
                key,
                versions,
                history.revocations(),
                history.restorations(),
                page,
                more ? Optional.of(page.getLast().environmentId()) : Optional.empty(),
                new Totals(users, uses, states, statesByUse, components, sinks),
                proof.compose(
                        evidence, versions.stream().map(Version::keyVersion).toList()),
                otherTenants.entrySet().stream()
                        .limit(MOST_TENANTS)
                        .map(other -> new OtherTenant(other.getKey(), other.getValue()))
                        .toList(),
                otherTenants.size(),
                watch,
                staleness.with(proof.missing()));
    }
}
