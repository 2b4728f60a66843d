package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import io.keyward.intake.eventgrid.EventGridReader;
import io.keyward.topology.contract.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks that what docs/intake.md says of settings, of the template for Azure, of types of events and of statuses is
/// so.
class IntakeDocumentTest {
    private static final String DOCUMENT = read(Path.of("docs", "intake.md"));
    private static final String TEMPLATE = read(Path.of("deploy", "azure", "intake.bicep"));

    private static final Path EVENT_GRID = Path.of("src/intake/main/java/io/keyward/intake/eventgrid");
    private static final Path ROUTER = Path.of("src/runtime/main/java/io/keyward/ops/http/Router.java");

    @TempDir
    private Path folder;

    @Test
    void theExampleIsTheConfigurationOfAnIntake() throws IOException {
        Path file = Files.writeString(folder.resolve("keyward.properties"), block("keyward.kafka"));
        KeywardConfig intake = KeywardConfig.load(Optional.of(file), Map.of(), new Properties())
                .forIntake();
        assertThat(intake.find(IntakeSettings.SECRETS_DIR)).isPresent();
        assertThat(intake.http(HttpDefinitions.INTAKE).files().certificate()).isPresent();
    }

    @Test
    void theTemplateHasTheParametersThatAreNamed() {
        List<String> named = Pattern.compile("\\b(\\w+)=(?:[A-Z-]+|true|false)\\b")
                .matcher(DOCUMENT.substring(DOCUMENT.indexOf("## For owners of vaults")))
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.equals("VAULT_ID") && !name.equals("code"))
                .distinct()
                .toList();
        assertThat(named)
                .contains("vaultName", "secret")
                .allSatisfy(name -> assertThat(TEMPLATE).containsPattern("(?m)^param " + name + " "));
    }

    @ParameterizedTest
    @ValueSource(strings = "'(Microsoft\\.KeyVault\\.[A-Z]\\w+)'")
    void theNamesAreThoseOfTheTemplate(String pattern) {
        assertThat(Pattern.compile(pattern).matcher(TEMPLATE).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(DOCUMENT).contains(name));
    }

    static Stream<Arguments> events() {
        return Pattern.compile("(?m)^\\| Event Grid: `(\\S+)` \\| (?:the fact `([a-z-]+)`|(a hint))")
                .matcher(DOCUMENT)
                .results()
                .map(row -> Arguments.of(row.group(1), Optional.ofNullable(row.group(2))));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventOfEventGridIsTheFactOrTheHintThatIsDocumented(String type, Optional<String> topic) {
        String event = """
                {"id": "1", "source": "/", "type": "%s", "time": "2026-03-01T10:00:00Z", "specversion": "1.0",
                 "data": {"Id": "https://kv.vault.azure.net/keys/k/1", "EXP": 1,
                 "resourceUri": "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv"}}
                """.formatted(type);
        assertThat(EventGridReader.read(new TenantId("contoso"), event.getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .extracting(Item::finding)
                .satisfies(finding -> {
                    switch (finding) {
                        case Finding.Fact fact ->
                            assertThat(topic).contains(Topics.of(fact.event()).baseName());
                        case Finding.Hint _ -> assertThat(topic).isEmpty();
                        case Finding.Irrelevant _, Finding.Handshake _, Finding.Refused _ ->
                            fail(type + ": " + finding);
                    }
                });
    }

    @Test
    void everyEventOfEventGridThatIsNotIgnoredIsDocumented() {
        Path reader = EVENT_GRID.resolve("EventGridReader.java");
        Set<Object> read = new HashSet<>(found(reader, "case VAULTS \\+ \"(\\w+)\"", "Microsoft.KeyVault."));
        read.addAll(found(reader, "RESOURCES \\+ \"(\\w+)\"", "Microsoft.Resources."));
        assertThat(events().map(event -> event.get()[0])).containsExactlyInAnyOrderElementsOf(read);
    }

    /// What the code answers is in the table, and the table has nothing else.
    @Test
    void theTableHasEachStatusThatIsAnswered() throws IOException {
        List<Path> answering = new ArrayList<>(List.of(ROUTER));
        try (Stream<Path> sources = Files.list(EVENT_GRID)) {
            sources.forEach(answering::add);
        }
        Set<String> answered = answering.stream()
                .flatMap(source -> found(source, "EndpointResponse\\.(?:problem|json)\\(\\s*(\\d{3}),", "").stream())
                .collect(Collectors.toSet());
        Set<String> documented = DOCUMENT.lines()
                .dropWhile(line -> !line.startsWith("| status |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(row -> Pattern.compile("\\b\\d{3}\\b")
                        .matcher(row.split("\\|", 3)[1])
                        .results()
                        .map(MatchResult::group))
                .collect(Collectors.toSet());
        assertThat(documented).isEqualTo(answered);
    }

    private static List<String> found(Path file, String pattern, String prefix) {
        return Pattern.compile(pattern)
                .matcher(read(file))
                .results()
                .map(match -> prefix + match.group(1))
                .toList();
    }

    /// The block of properties that begins so.
    private static String block(String beginning) {
        return Pattern.compile("(?s)```properties\n(" + Pattern.quote(beginning) + ".*?)```")
                .matcher(DOCUMENT)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
