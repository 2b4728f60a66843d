package io.keyward.domain.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.FlowInventory;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.id.EnvironmentId;
import java.text.Bidi;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A display name in a sentence leaves the order of the text around it as it is (Unicode Standard Annex 9).
class EnvironmentNameTest {
    private static final String BEFORE = "Connections of ";
    private static final String AFTER = ", 17 of 42 (5 %), do not use OAuth.";

    @ParameterizedTest
    @CsvSource({
        "Finance,          environment \"Finance\" (e1)",
        "Zürich 東京 50 %,  environment \"Zürich 東京 50 %\" (e1)",
        "עברית,            environment \"\u2068עברית\u2069\" (e1)",
        "Works (مالية),    environment \"\u2068Works (مالية)\u2069\" (e1)",
        "\ud83a\udd00\ud83a\udd01, environment \"\u2068\ud83a\udd00\ud83a\udd01\u2069\" (e1)", // Adlam, of two units
        "٤٢,               environment \"\u2068٤٢\u2069\" (e1)",
        "a\u202ez,         environment \"a\ufffdz\" (e1)",
        "a\u2069\u202ez,   environment \"a\ufffd\ufffdz\" (e1)",
    })
    void onlyANameThatCanReorderTextIsIsolated(String name, String shown) {
        assertThat(named(name, "e1")).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Finance", "עברית", "مالية", "٤٢", "a\u202e", "\u202eabc", "\u2067abc", "\u2069\u202e",
                        "עברית\u2069\u202e",
                "א\u2029ב", "א\nב", "\u200f", "א\u200f", "\u061c", "\u202b", "\u202d", "א\u2068",
                        "א\u202c\u202c\u2069\u2069",
                "\ud83a\udd00\ud83a\udd01"
            })
    void theTextAroundANameKeepsItsOrder(String name) {
        String text = BEFORE + named(name, "42") + AFTER;

        Bidi bidi = new Bidi(text, Bidi.DIRECTION_LEFT_TO_RIGHT);
        int end = text.length() - ("\" (42)" + AFTER).length();
        for (int at = 0; at < text.length(); at++) {
            if (at < (BEFORE + "environment \"").length() || at >= end) {
                assertThat(bidi.getLevelAt(at)).as("%s at %d", text, at).isZero();
            }
        }
        assertThat(text).doesNotContainPattern("[\\n\\u2029]");
    }

    @ParameterizedTest
    @CsvSource({"א1, environment \u2068א1\u2069", "e1, environment e1"})
    void anIdIsIsolatedLikeAName(String id, String shown) {
        assertThat(new EnvironmentName(new EnvironmentId(id), Optional.empty())).hasToString(shown);
    }

    private static String named(String name, String id) {
        Snapshot snapshot = new Snapshot(
                EnvironmentType.PRODUCTION,
                true,
                Lifecycle.ACTIVE,
                FlowInventory.EMPTY,
                FlowInventory.EMPTY,
                0,
                List.of(),
                0,
                Optional.empty(),
                Optional.of(name));
        return new EnvironmentName(new EnvironmentId(id), snapshot.displayName()).toString();
    }
}
