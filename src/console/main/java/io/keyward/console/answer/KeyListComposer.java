package io.keyward.console.answer;

import io.keyward.console.answer.KeyList.Disabling;
import io.keyward.console.answer.KeyList.Entry;
import io.keyward.console.answer.KeyList.Standing;
import io.keyward.console.replica.Page;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.replica.TenantKey;
import io.keyward.domain.Decider;
import io.keyward.domain.advice.DisableVerdict;
import io.keyward.domain.fact.Fact;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Composes a page of keys. Create one per request.
final class KeyListComposer {
    private static final int MAX_COUNTED = 10_000;
    private static final Duration SOON = Duration.ofDays(30);

    private final Decider decider;
    private final ReplicaView view;
    private final Instant now;

    /// How many more uses of keys this page may read to answer whether they may be disabled.
    private int uses = 500;

    KeyListComposer(Decider decider, ReplicaView view, Instant now) {
        this.decider = decider;
        this.view = view;
        this.now = now;
    }

    KeyList compose(KeyQuery query) {
        Page<TenantKey> page = view.keys(
                query.tenant(),
                query.after(),
                query.limit(),
                key -> query.vault().map(key.key().vaultUri()::equals).orElse(true)
                        && query.standing().map(standing -> is(standing, key)).orElse(true));
        return new KeyList(
                page.entries().stream().map(this::entry).toList(),
                page.next(),
                query.tenant().map(view::staleness).orElseGet(view::staleness));
    }

    private boolean is(Standing standing, TenantKey key) {
        return switch (standing) {
            case REVOKED -> !revocations(facts(key)).isEmpty();
            case EXPIRING -> expiry(facts(key)).filter(now.plus(SOON)::isAfter).isPresent();
            case UNUSED -> !view.isInForce(key);
        };
    }

    private KeyFacts facts(TenantKey key) {
        return view.reader(key.tenant()).keyFacts(key.key());
    }

    private static List<Fact.Revocation> revocations(KeyFacts facts) {
        return facts.openRevocations().stream()
                .filter(open -> open.version().isEmpty()
                        || facts.newestVersion().isEmpty()
                        || open.version().equals(facts.newestVersion()))
                .toList();
    }

    private static Optional<Instant> expiry(KeyFacts facts) {
        return facts.newestVersion().flatMap(facts::expiryOf).map(Fact.Expiry::expiresAt);
    }

    private Entry entry(TenantKey key) {
        KeyFacts facts = facts(key);
        List<Fact.Revocation> revocations = revocations(facts);
        Optional<DisableVerdict> verdict = verdict(key);
        return new Entry(
                key.tenant().value(),
                new KeyReference(key.key(), facts.newestVersion()),
                view.reader(key.tenant()).countUsers(key.key(), MAX_COUNTED),
                expiry(facts),
                revocations.stream().map(Fact.Revocation::at).min(Comparator.naturalOrder()),
                revocations.stream().map(Fact.Revocation::cause).distinct().toList(),
                verdict.map(KeyListComposer::disabling)
                        .orElseGet(() -> view.isInForce(key) ? Disabling.IN_USE : Disabling.ASK),
                verdict.flatMap(DisableVerdict::safeFrom));
    }

    /// The answer of R27 for the whole key. Empty if data is under it, which blocks it, and if it has more users
    /// than this page may still read.
    private Optional<DisableVerdict> verdict(TenantKey key) {
        int needed = view.isInForce(key) ? 0 : view.countUses(key.key(), uses + 1);
        if (view.isInForce(key) || needed > uses) {
            return Optional.empty();
        }
        uses -= needed;
        KeyReference wholeKey = new KeyReference(key.key(), Optional.empty());
        return Optional.of(new DisableComposer(decider, view, new DisableQuestion(wholeKey, now, Optional.empty(), 1))
                .compose(key.tenant())
                .verdict());
    }

    private static Disabling disabling(DisableVerdict verdict) {
        if (verdict.safe()) {
            return Disabling.YES;
        }
        return verdict.safeFrom().isPresent() ? Disabling.LATER : Disabling.NO;
    }
}
