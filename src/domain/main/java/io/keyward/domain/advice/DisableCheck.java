package io.keyward.domain.advice;

import io.keyward.domain.Decider;
import io.keyward.domain.KnownEnvironment;
import io.keyward.domain.Situation;
import io.keyward.domain.fact.Instants;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/// Checks whether a key, or one version of it, may be disabled as of a time (R27).
///
/// It takes the environments that are known to use the key one by one, so that they need not all be in memory, and
/// gives the answer at the end. Each environment is judged as of the requested time, or as of its own verdict if
/// that is later. What disabling would do to an environment follows from facts about policies, keys and the
/// environment, and from reports (R28): an environment uses the key if one of its applications names it, or if a
/// latest report counts items under it.
///
/// A report that counts items under the key or version in question is a reason against disabling it under every
/// profile. A profile whose evidence is not IGNORE also requires proof of every component that is or was under the
/// key: for every part that is known or ever reported, a clean report under another version. The report must be
/// later than the environment was last under that version, or, if it never was, later than it came to the key. If
/// the whole key is in question, the report must be under another key, and later than the data left the key.
///
/// Not thread-safe.
public final class DisableCheck {
    private final Decider decider;
    private final KeyReference target;
    private final Instant moment;
    private final BiPredicate<KnownEnvironment, DisableBlocker.Code> named;
    private final DeletionCheck deletion = new DeletionCheck();
    private final List<DisableBlocker> kept = new ArrayList<>();
    private final Map<DisableBlocker.Code, Long> counts = new EnumMap<>(DisableBlocker.Code.class);
    private Instant asOf;
    private Instant latestDate = Instant.MIN;
    private long users;

    /// @param target the key; without a version, all of it
    /// @param moment the time that the answer is for
    /// @param named which reasons of environments the answer names; called once for each reason, one environment
    ///     after the other. All reasons are counted
    public DisableCheck(
            Decider decider,
            KeyReference target,
            Instant moment,
            BiPredicate<KnownEnvironment, DisableBlocker.Code> named) {
        this.decider = decider;
        this.target = target;
        this.moment = moment;
        this.named = named;
        this.asOf = moment;
    }

    /// Takes one environment into account; without effect if it does not use the key.
    ///
    /// @param user with the facts of the target key, even if no application names it
    public void add(KnownEnvironment user) {
        ReportedUse reported = new ReportedUse(user, target);
        if (!user.state().facts().keys().contains(target.key()) && !reported.usesKey()) {
            return;
        }
        users++;
        // That time passes changes no facts.
        Optional<Situation> situation = user.at(moment).situation(decider);
        deletion.add(user, situation.map(Situation::history), target);
        situation.ifPresentOrElse(
                known -> add(user, known), () -> reported.addOfUndecided(new BlockerList(this, user, moment)));
    }

    private void add(KnownEnvironment user, Situation situation) {
        asOf = Instants.max(asOf, situation.asOf());
        new KeyUse(situation, target, new BlockerList(this, user, situation.asOf())).addReasons();
    }

    /// Takes into account that some of the facts are not available.
    ///
    /// @param sentence which facts, and why, for an administrator
    public void notKnown(String sentence) {
        counts.merge(DisableBlocker.Code.NOT_KNOWN, 1L, Long::sum);
        kept.add(new DisableBlocker(
                DisableBlocker.Code.NOT_KNOWN, Optional.empty(), Optional.empty(), Optional.empty(), sentence));
    }

    /// Takes a reason of an environment into account. Most reasons are only counted, so the sentence is composed
    /// when it is read.
    void block(KnownEnvironment user, DisableBlocker.Code code, Optional<Instant> until, Supplier<String> sentence) {
        counts.merge(code, 1L, Long::sum);
        if (code == DisableBlocker.Code.NOT_BEFORE) {
            latestDate = Instants.max(latestDate, until.orElseThrow());
        }
        if (named.test(user, code)) {
            kept.add(new DisableBlocker(
                    code, Optional.of(user.tenant()), Optional.of(user.environment()), until, sentence.get()));
        }
    }

    /// The answer from what was taken into account so far.
    public DisableVerdict answer() {
        SortedMap<DisableBlocker.Code, Long> counted = new TreeMap<>(counts);
        boolean onlyDates = counted.keySet().stream().allMatch(code -> code == DisableBlocker.Code.NOT_BEFORE);
        Optional<Instant> harmlessFrom =
                !onlyDates ? Optional.empty() : Optional.of(counted.isEmpty() ? Instant.MIN : latestDate);
        return new DisableVerdict(
                asOf,
                counted.isEmpty(),
                counted.isEmpty() ? Optional.empty() : harmlessFrom,
                users,
                kept,
                counted,
                deletion.answer(target, asOf, harmlessFrom));
    }
}
