package io.keyward.domain;

import static io.keyward.domain.RowWords.NOTHING;
import static java.util.Map.entry;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Retention;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.Protection;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// What rows expect of a verdict, in the words of the scenario files. The README of the rows lists them.
final class RowExpectations {
    /// How an expectation is read, by its first word.
    private static final Map<String, Function<RowWords, Consumer<Outcome>>> WORDS = Map.ofEntries(
            entry("state", RowExpectations::state),
            entry("components", RowExpectations::components),
            entry("warnings", RowExpectations::warnings),
            entry("message", RowExpectations::message),
            entry("severity", RowExpectations::severity),
            entry("subjects", RowExpectations::subjects),
            entry("enforcement", RowExpectations::enforcement),
            entry("desired", RowExpectations::desired),
            entry("suppressed", RowExpectations::suppressed),
            entry("enabled", words -> at(words.with("since"), Outcome::enabledSince)),
            entry("locked", words -> orNothing(words.with("since"), Outcome::notLocked, Outcome::lockedSince)),
            entry(
                    "deletion",
                    words -> orNothing(
                            words.with("expected"), Outcome::deletionNotKnown, Outcome::expectedToBeDeletedAt)),
            entry("due", words -> orNothing(words, Outcome::neverDue, Outcome::dueAt)),
            entry("policy", RowExpectations::policy),
            entry("key", RowExpectations::key),
            entry("keep", RowExpectations::keep),
            entry("by", RowExpectations::by),
            entry("not", RowExpectations::notBy));

    /// An assertion about a time.
    private interface AtTime {
        Outcome check(Outcome outcome, Instant time);
    }

    private RowExpectations() {}

    /// An expectation such as `locked since 5`, or `warnings KEY_REVOKED RETAIN_KEY`.
    static Consumer<Outcome> of(RowWords words) {
        Consumer<Outcome> expectation =
                words.oneOf(WORDS, RowOutputs.WORDS.keySet()).apply(words);
        words.expectEnd("");
        return expectation;
    }

    private static Consumer<Outcome> at(RowWords words, AtTime check) {
        Instant time = words.time();
        return then -> check.check(then, time);
    }

    private static Consumer<Outcome> orNothing(RowWords words, Consumer<Outcome> nothing, AtTime check) {
        return words.skip(NOTHING) ? nothing : at(words, check);
    }

    private static Consumer<Outcome> state(RowWords words) {
        EncryptionState state = words.oneOf(EncryptionState.class);
        PolicyStatus status = words.with("status").oneOf(PolicyStatus.class);
        return then -> then.is(state, status);
    }

    /// `LOCKED by R20: DATAVERSE`, `LOCKED by R20: all but HOSTED_MACHINES`, `enabled by R2`, or `locked by R20`.
    private static Consumer<Outcome> components(RowWords words) {
        if (words.skip(NOTHING)) {
            return Outcome::hasNoComponents;
        }
        if (words.skip("enabled")) {
            Rule rule = words.with("by").oneOf(Rule.class);
            return then -> then.hasAllThatCan(Protection.CUSTOMER_MANAGED, rule);
        }
        if (words.skip("locked")) {
            Rule rule = words.with("by").oneOf(Rule.class);
            return then -> then.hasAllThatCan(Protection.LOCKED, rule);
        }
        Protection protection = words.oneOf(Protection.class);
        Rule rule = words.with("by").oneOf(Rule.class);
        if (words.with(":").skip("all", "but")) {
            Component[] others = components(words.allOf(Component.class));
            return then -> then.hasAllBut(protection, rule, others);
        }
        Component[] components = components(words.allOf(Component.class));
        return then -> then.has(protection, rule, components);
    }

    private static Component[] components(List<Component> components) {
        return components.toArray(Component[]::new);
    }

    private static Consumer<Outcome> warnings(RowWords words) {
        if (words.skip("of")) {
            Component component = words.oneOf(Component.class);
            WarningCode[] codes = codes(words);
            return then -> then.warnsOf(component, codes);
        }
        WarningCode[] codes = codes(words);
        return then -> then.warns(codes);
    }

    private static WarningCode[] codes(RowWords words) {
        return words.allOf(WarningCode.class).toArray(WarningCode[]::new);
    }

    private static Consumer<Outcome> message(RowWords words) {
        boolean exactly = words.skip("exactly");
        WarningCode code = words.oneOf(WarningCode.class);
        List<String> texts = words.texts();
        return exactly
                ? then -> then.saysExactly(code, String.join("", texts))
                : then -> then.says(code, texts.toArray(String[]::new));
    }

    private static Consumer<Outcome> severity(RowWords words) {
        WarningCode code = words.oneOf(WarningCode.class);
        Severity severity = words.oneOf(Severity.class);
        return then -> then.rates(code, severity);
    }

    private static Consumer<Outcome> subjects(RowWords words) {
        WarningCode code = words.oneOf(WarningCode.class);
        String[] subjects = words.upTo(Set.of()).toArray(String[]::new);
        return then -> then.isAbout(code, subjects);
    }

    private static Consumer<Outcome> enforcement(RowWords words) {
        if (words.skip(NOTHING)) {
            return Outcome::assessesNothing;
        }
        EnforcementStatus status = words.oneOf(EnforcementStatus.class);
        Component[] components = components(words.with(":").allOf(Component.class));
        return then -> then.reports(status, components);
    }

    private static Consumer<Outcome> desired(RowWords words) {
        Instant since = words.with("since").time();
        Component[] components = components(words.with(":").allOf(Component.class));
        return then -> then.desiredSince(since, components);
    }

    private static Consumer<Outcome> suppressed(RowWords words) {
        if (words.with("since").skip(NOTHING)) {
            return Outcome::notSuppressed;
        }
        Instant since = words.time();
        Rule rule = words.with("by").oneOf(Rule.class);
        return then -> then.suppressedSince(since, rule);
    }

    private static Consumer<Outcome> policy(RowWords words) {
        String policy = words.next("a policy");
        return policy.equals(NOTHING) ? Outcome::noPolicy : then -> then.policy(policy);
    }

    private static Consumer<Outcome> key(RowWords words) {
        if (words.skip(NOTHING)) {
            return Outcome::noKey;
        }
        KeyReference key = words.key();
        return then -> then.key(key);
    }

    private static Consumer<Outcome> keep(RowWords words) {
        if (words.skip(NOTHING)) {
            return Outcome::retainsNothing;
        }
        List<Retention> kept = new ArrayList<>();
        do {
            KeyReference key = words.key();
            kept.add(Outcome.keep(key, words.with("until").time()));
        } while (words.skip(","));
        return then -> then.retains(kept.toArray(Retention[]::new));
    }

    private static Consumer<Outcome> by(RowWords words) {
        Rule[] rules = words.allOf(Rule.class).toArray(Rule[]::new);
        return then -> then.by(rules);
    }

    private static Consumer<Outcome> notBy(RowWords words) {
        Rule[] rules = words.with("by").allOf(Rule.class).toArray(Rule[]::new);
        return then -> then.notBy(rules);
    }
}
