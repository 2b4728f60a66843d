package io.keyward.console.answer;

import io.keyward.console.answer.SearchAnswer.Hit;
import io.keyward.console.answer.SearchAnswer.Kind;
import io.keyward.console.answer.SearchAnswer.Thing;
import io.keyward.console.replica.EnvironmentNames;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.replica.SearchText;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds what a text may refer to, in the names of environments and of what belongs to them.
final class Finder {
    /// Scanning this many takes about 0.1 s.
    static final int MOST_ENVIRONMENTS = 100_000;

    private static final String PARTLY =
            "The search covered only the first %,d environments and keys; the list of environments covers all, page by page."
                    .formatted(MOST_ENVIRONMENTS);

    private static final String SCHEME = "https://";

    private final SearchText text;
    private final Set<Kind> kinds;
    private final int most;
    private final Map<Kind, Map<Rank, Set<Thing>>> found = new EnumMap<>(Kind.class);
    private boolean more;
    private Optional<EnvironmentNames> last = Optional.empty();

    /// @param kinds the kinds to search for
    /// @param most how many hits of each kind and rank are kept
    Finder(SearchText text, Set<Kind> kinds, int most) {
        this.text = text;
        this.kinds = kinds;
        this.most = most;
    }

    /// How well something matches, best first.
    private enum Rank {
        EXACT,
        BEGINNING,
        PART,
        /// It has all words, but not as one text in its own name.
        WORDS
    }

    SearchAnswer find(ReplicaView view) {
        boolean whole = view.eachNamed(text, MOST_ENVIRONMENTS, this::add);
        Arrays.stream(WarningCode.values()).forEach(this::add);
        List<Hit> hits = hits();
        return new SearchAnswer(hits, more, view.staleness().with(whole ? List.of() : List.of(PARTLY)));
    }

    /// Adjacent rows share tenant, keys and policy; these are not matched again.
    private void add(EnvironmentNames names) {
        TenantId tenant = names.tenant();
        Optional<EnvironmentNames> before = last.filter(other -> other.tenant().equals(tenant));
        if (before.isEmpty()) {
            add(Kind.TENANT, new SearchAnswer.Tenant(tenant), "", tenant.value());
        }
        names.environment().ifPresent(environment -> add(tenant, environment, names.displayName()));
        if (before.filter(other -> other.keys().equals(names.keys())).isEmpty()) {
            names.keys().forEach(key -> add(tenant, key));
        }
        if (before.filter(other -> other.policy().equals(names.policy())).isEmpty()) {
            names.policy()
                    .ifPresent(
                            id -> add(Kind.POLICY, new SearchAnswer.Policy(tenant, id), tenant + "/" + id, id.value()));
        }
        last = Optional.of(names);
    }

    private void add(TenantId tenant, EnvironmentId environment, String name) {
        Thing thing = new SearchAnswer.Environment(
                tenant, environment, Optional.of(name).filter(given -> !given.isEmpty()));
        add(Kind.ENVIRONMENT, thing, tenant + "/" + environment, environment.value(), name);
    }

    private void add(TenantId tenant, KeyId key) {
        String vault = key.vaultUri();
        String host = vault.startsWith(SCHEME) ? vault.substring(SCHEME.length()) : vault;
        String name = key.keyName();
        String path = vault + "/" + name;
        add(Kind.VAULT, new SearchAnswer.Vault(vault), vault, host);
        add(Kind.KEY, new SearchAnswer.Key(tenant, key), tenant + "/" + path, name, host + "/" + name, path);
    }

    private void add(WarningCode code) {
        String words = code.name().replace('_', ' ');
        add(Kind.WARNING, new SearchAnswer.Warning(code), "", code.name(), words);
    }

    /// @param qualifiedName its name with that of its owner
    private void add(Kind kind, Thing thing, String qualifiedName, String... names) {
        if (kinds.contains(kind)) {
            rank(qualifiedName.toLowerCase(Locale.ROOT), names).ifPresent(rank -> add(kind, rank, thing));
        }
    }

    private void add(Kind kind, Rank rank, Thing thing) {
        Set<Thing> alike = found.computeIfAbsent(kind, _ -> new EnumMap<>(Rank.class))
                .computeIfAbsent(rank, _ -> new LinkedHashSet<>());
        if (alike.size() < most) {
            alike.add(thing);
        } else if (!alike.contains(thing)) {
            more = true;
        }
    }

    /// Uses no streams, because it runs for each environment.
    private Optional<Rank> rank(String qualifiedName, String... names) {
        Rank best = qualifiedName.equals(text.whole()) ? Rank.EXACT : Rank.WORDS;
        boolean found = best == Rank.EXACT;
        for (String given : names) {
            String name = given.toLowerCase(Locale.ROOT);
            int at = name.indexOf(text.whole());
            if (at >= 0) {
                Rank rank = at > 0 ? Rank.PART : name.length() > text.whole().length() ? Rank.BEGINNING : Rank.EXACT;
                best = rank.compareTo(best) < 0 ? rank : best;
                found = true;
            }
        }
        return found || text.isIn((qualifiedName + "\n" + String.join("\n", names)).toLowerCase(Locale.ROOT))
                ? Optional.of(best)
                : Optional.empty();
    }

    private List<Hit> hits() {
        List<Hit> hits = new ArrayList<>();
        found.forEach((kind, ranks) -> {
            List<Hit> ofKind = new ArrayList<>();
            ranks.forEach((rank, things) ->
                    things.forEach(thing -> ofKind.add(new Hit(kind, rank == Rank.EXACT, thing))));
            more |= ofKind.size() > most;
            hits.addAll(ofKind.subList(0, Math.min(most, ofKind.size())));
        });
        hits.sort(Comparator.comparing(hit -> !hit.exact()));
        return hits;
    }
}
