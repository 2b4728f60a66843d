package io.keyward.domain.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.Profiles;
import io.keyward.domain.event.Protection;
import io.keyward.domain.fact.EnvironmentFacts;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EnvironmentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// `docs/rules.md` says what the code does: rule numbers, sentences, warnings with severities and texts.
/// Every rule has code, a row of a table, and a place in the document.
class RulesDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/rules.md");
    private static final Path MAIN = Path.of("src/domain/main/java/io/keyward/domain");
    private static final Path ROWS = Path.of("src/domain/test/resources/rules");

    private static final Pattern SECTION =
            Pattern.compile("^### (R\\d+a?)\\n(.*?)(?=^##|\\z)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern WARNING =
            Pattern.compile("^> `([A-Z_]+)` \\((\\w+)\\)\\n(?:>.*\\n?)+", Pattern.MULTILINE);
    private static final Pattern PLACE = Pattern.compile("%\\d\\$s");

    /// The document's sections by rule, in their order.
    private static Map<Rule, String> sections() throws IOException {
        Map<Rule, String> sections = new EnumMap<>(Rule.class);
        List<Rule> order = new ArrayList<>();
        SECTION.matcher(Files.readString(DOCUMENT)).results().forEach(found -> {
            order.add(Rule.valueOf(found.group(1)));
            sections.put(order.getLast(), found.group(2));
        });
        assertThat(order).as("sections in %s", DOCUMENT).containsExactly(Rule.values());
        return sections;
    }

    @TestFactory
    Stream<DynamicTest> everyRuleIsDocumentedWithItsSentenceAndAnExample() throws IOException {
        return sections().entrySet().stream()
                .map(section -> DynamicTest.dynamicTest(section.getKey().name(), () -> {
                    assertThat(section.getValue())
                            .contains("**" + section.getKey().sentence() + "**");
                    assertThat(section.getValue()).contains("*Example.*");
                }));
    }

    @Test
    void whatIsEvictedIsDocumented() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .contains("the newest " + EnvironmentFacts.CAPACITY + " applications")
                .contains("the newest " + EnvironmentFacts.CAPACITY + " removals")
                .contains("the newest " + KeyFacts.CAPACITY + " rotations, revocations, restorations");
    }

    @TestFactory
    Stream<DynamicTest> everyWarningStandsUnderItsRuleWithItsSeverityAndTexts() throws IOException {
        Map<Rule, String> sections = sections();
        return Arrays.stream(WarningCode.values())
                .map(code -> DynamicTest.dynamicTest(code.name(), () -> {
                    List<MatchResult> quoted = WARNING.matcher(sections.get(code.rule()))
                            .results()
                            .filter(found -> found.group(1).equals(code.name()))
                            .toList();
                    assertThat(quoted).as("in section %s", code.rule()).hasSize(1);
                    assertThat(quoted.getFirst().group(2))
                            .isEqualTo(code.severity().name());
                    assertThat(quoted.getFirst().group())
                            .matches(quotation(code))
                            .contains("*To do:* " + code.remediation() + "\n")
                            .contains("*When it ends:* " + named(code.clearedMessage()) + "\n");
                }));
    }

    /// The message with any values in its placeholders, within a quotation; the text about flows is the
    /// profile's.
    private static Pattern quotation(WarningCode code) {
        String template = code == WarningCode.FLOWS_ON_MICROSOFT_MANAGED_KEY
                ? Profiles.FLOW_WARNING
                : named(code.messageTemplate());
        String message =
                Arrays.stream(PLACE.split(template, -1)).map(Pattern::quote).collect(Collectors.joining(".+"));
        return Pattern.compile(".*^> - " + message + "$.*", Pattern.MULTILINE | Pattern.DOTALL);
    }

    /// The text about the environment that the document takes as an example.
    private static String named(String text) {
        return text.replace("%0$s", new EnvironmentName(new EnvironmentId("fin"), Optional.of("Finance")).toString());
    }

    @Test
    void theDocumentQuotesTheTextsOfWarningsThatEndedForAnotherReason() throws IOException {
        String document = Files.readString(DOCUMENT);
        Arrays.stream(Standing.values())
                .filter(standing -> standing != Standing.ENABLED)
                .map(Standing::sentence)
                .map(RulesDocumentTest::named)
                .forEach(sentence -> assertThat(document).contains("| " + sentence + " |"));
    }

    @Test
    void theDocumentQuotesNoOtherWarning() throws IOException {
        assertThat(WARNING.matcher(Files.readString(DOCUMENT)).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(WarningCode.values())
                        .map(WarningCode::name)
                        .toList());
    }

    @Test
    void theDocumentExplainsEveryStateStatusAndProtection() throws IOException {
        String document = Files.readString(DOCUMENT);
        Stream.of(EncryptionState.values(), PolicyStatus.values(), Protection.values())
                .flatMap(Arrays::stream)
                .forEach(value -> assertThat(document).contains("| `" + value + "` | "));
    }

    @TestFactory
    Stream<DynamicTest> noRuleIsWithoutCodeARowAndAPlaceInTheDocument() throws IOException {
        String code = text(MAIN, file -> file.toString().endsWith(".java") && !file.endsWith("Rule.java"));
        String rows = text(ROWS, file -> file.toString().endsWith(".txt"));
        String document = Files.readString(DOCUMENT);
        return Arrays.stream(Rule.values())
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> {
                    assertThat(mentions("\\b" + rule + "\\b", code))
                            .as("in main code")
                            .isTrue();
                    assertThat(mentions("^" + rule + " ", rows))
                            .as("as the name of a row")
                            .isTrue();
                    assertThat(mentions("^### " + rule + "$", document))
                            .as("in %s", DOCUMENT)
                            .isTrue();
                }));
    }

    private static boolean mentions(String expression, String text) {
        Matcher matcher = Pattern.compile(expression, Pattern.MULTILINE).matcher(text);
        return matcher.find();
    }

    private static String text(Path folder, Predicate<Path> which) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(which).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }
}
