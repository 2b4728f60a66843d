package io.keyward.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.advice.DisableBlocker;
import io.keyward.domain.advice.DisableCheckTest;
import io.keyward.domain.advice.DisableVerdict;
import io.keyward.domain.advice.KeysInUse;
import io.keyward.domain.event.Event;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What rows expect of the answers about a key. The README of the rows lists it.
final class RowQuestions {
    private RowQuestions() {}

    /// `disabling k1 at 50: safe`, or the only reason against it: `disabling k1 v1 at 32: NOT_BEFORE until 33
    /// "text"`.
    static void disabling(RuleTable.Given given, RowWords words) {
        DisableVerdict answer = ask(given, words.key(), words);
        if (words.skip("safe")) {
            DisableCheckTest.isSafe(answer);
            return;
        }
        DisableBlocker.Code code = words.oneOf(DisableBlocker.Code.class);
        Optional<Instant> until = words.after("until", RowWords::time);
        DisableCheckTest.isAlone(answer, code, until, words.textsIfAny());
    }

    /// `deleting k1 at 47: safe`, or `unsafe`, or `unsafe until 47`, and perhaps the whole sentence.
    static void deleting(RuleTable.Given given, RowWords words) {
        KeyReference key = words.key();
        DisableVerdict.Deletion answer = ask(given, key, words).deletion();
        boolean safe = words.oneOf(Map.of("safe", true, "unsafe", false));
        assertThat(answer.safe()).isEqualTo(safe);
        assertThat(answer.safeFrom()).isEqualTo(words.after("until", RowWords::time));
        assertThat(answer.sentence()).matches("[A-Z].*" + key + ".*\\.");
        List<String> sentence = words.textsIfAny();
        assertThat(sentence.isEmpty() ? List.of() : List.of(answer.sentence())).isEqualTo(sentence);
    }

    private static DisableVerdict ask(RuleTable.Given given, KeyReference key, RowWords words) {
        Instant at = words.with("at").time();
        words.with(":");
        return DisableCheckTest.ask(given, key, at);
    }

    /// `in use at 100: k1, k1 v1`: which keys and versions the key watch has to probe.
    static void inUse(RuleTable.Given given, RowWords words) {
        Instant at = words.with("use").with("at").time();
        Set<KeyReference> expected = new HashSet<>();
        if (!words.with(":").skip(RowWords.NOTHING)) {
            do {
                expected.add(words.key());
            } while (words.skip(","));
        }
        EnvironmentFacts environment = EnvironmentFacts.NONE;
        Map<KeyId, KeyFacts> keys = new HashMap<>();
        for (Event event : given.events()) {
            switch (event) {
                case Event.OfEnvironment e -> environment = environment.with(e);
                case Event.OfKey e ->
                    keys.put(e.key(), keys.getOrDefault(e.key(), KeyFacts.NONE).with(e));
                case Event.TenantLimitChanged _, Event.TenantErased _, Event.TimeReached _ -> {}
            }
        }
        assertThat(KeysInUse.of(environment, keys, at)).isEqualTo(expected);
    }
}
