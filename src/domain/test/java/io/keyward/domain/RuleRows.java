package io.keyward.domain;

import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.Event;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The rows of a file, each a test of its own. `src/domain/test/resources/rules/README.md` describes how they are
/// written.
///
/// A row that cannot be read fails, and names its file, its line, the unexpected word, and what is expected.
final class RuleRows {
    private static final Pattern NAME = Pattern.compile("([a-z][\\w -]*) = (.+)");
    private static final Pattern BETWEEN_ITEMS = Pattern.compile(";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
    private static final Map<String, RuleProfile> PROFILES = Stream.of(
                    Profiles.AUTOMATIC_UNLOCK, Profiles.EXPIRY_WARNS, Profiles.MIGRATE, Profiles.OAUTH_UNDETERMINED)
            .collect(Collectors.toMap(RuleProfile::name, Function.identity()));

    /// R27 answers questions about keys and has no part in verdicts.
    private static final Map<String, String> RULES = Stream.concat(
                    Arrays.stream(Rule.values()).map(Rule::name), Stream.of("R27"))
            .collect(Collectors.toMap(Function.identity(), Function.identity()));

    private final Path file;
    private final Map<String, String> names = new TreeMap<>();
    private final List<DynamicTest> tests = new ArrayList<>();

    private RuleRows(Path file) {
        this.file = file;
    }

    /// The rows among these lines of the file.
    static List<DynamicTest> in(Path file, List<String> lines) {
        RuleRows rows = new RuleRows(file);
        int first = 0;
        for (int next = 1; next <= lines.size(); next++) {
            if (next == lines.size() || !lines.get(next).startsWith(" ")) {
                rows.read(first + 1, lines.get(first), String.join("", lines.subList(first + 1, next)));
                first = next;
            }
        }
        return rows.tests;
    }

    private void read(int number, String line, String indented) {
        Matcher name = NAME.matcher(line + indented);
        if (name.matches()) {
            if (names.put(name.group(1), name.group(2)) != null) {
                throw new IllegalArgumentException(file + ":" + number + ": a second `" + name.group(1) + "`");
            }
        } else if (!line.isBlank() && !line.startsWith("#")) {
            URI place = URI.create(file.toUri() + "?line=" + number);
            tests.add(DynamicTest.dynamicTest(line, place, () -> {
                try {
                    var _ = new RowWords(line).oneOf(RULES);
                    decide(indented);
                } catch (IllegalArgumentException failure) {
                    throw new AssertionError(
                            file.getFileName() + ":" + number + ": " + failure.getMessage() + ". Names of this file: "
                                    + String.join(", ", names.keySet()) + ".",
                            failure);
                }
            }));
        }
    }

    private void decide(String row) {
        String[] halves = row.split("=>", 2);
        if (halves.length < 2) {
            throw new IllegalArgumentException("`" + row.strip() + "`: `events => expectations` is expected");
        }
        List<Event> events = new ArrayList<>();
        RuleProfile profile = Profiles.SEED;
        boolean inOrder = false;
        for (String item : items(halves[0]).toList()) {
            RowWords words = new RowWords(item);
            if (words.skip("order", "matters")) {
                inOrder = true;
            } else if (words.skip("profile")) {
                profile = words.oneOf(PROFILES);
            } else if (words.skip("evidence")) {
                profile = profile.with(words.oneOf(RuleProfile.Evidence.class));
            } else {
                events.add(RowEvents.of(words));
            }
            words.expectEnd("");
        }
        check(new RuleTable.Given(profile, events), inOrder, items(halves[1]).toList());
    }

    private static void check(RuleTable.Given given, boolean inOrder, List<String> expectations) {
        String environment = "e1";
        Consumer<Outcome> ofVerdict = _ -> {};
        boolean verdict = false;
        for (String item : expectations) {
            RowWords words = new RowWords(item);
            if (words.skip("environment")) {
                environment = words.next("an environment");
                words.expectEnd("");
            } else if (RowOutputs.WORDS.containsKey(words.peek())) {
                words.oneOf(RowOutputs.WORDS).accept(given, words);
                words.expectEnd("");
            } else {
                ofVerdict = ofVerdict.andThen(RowExpectations.of(words));
                verdict = true;
            }
        }
        if (verdict) {
            RuleTable.check(given, environment, ofVerdict, inOrder);
        }
    }

    /// The items of a text, with what names stand for.
    private Stream<String> items(String text) {
        return BETWEEN_ITEMS
                .splitAsStream(text)
                .map(String::strip)
                .flatMap(item -> names.containsKey(item) ? items(names.get(item)) : Stream.of(item));
    }
}
