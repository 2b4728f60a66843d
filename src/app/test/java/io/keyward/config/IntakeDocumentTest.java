package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import io.keyward.intake.audit.AuditReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks that what docs/intake.md says of settings, of the template for Azure and of types of events is so.
class IntakeDocumentTest {
    private static final String DOCUMENT = read(Path.of("docs", "intake.md"));
    private static final String TEMPLATE = read(Path.of("deploy", "azure", "intake.bicep"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("settings")
    void theTableHasEverySettingWithItsDefault(Setting<?> setting) {
        String row = DOCUMENT.lines()
                .filter(line -> line.startsWith("| `keyward.") && line.contains("`" + setting.key() + "`"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(setting.key()));
        setting.defaultText().ifPresent(value -> assertThat(row).contains("`" + value + "`"));
    }

    private static Stream<Setting<?>> settings() {
        return Stream.concat(IntakeSettings.SETTINGS.stream(), HttpDefinitions.INTAKE.settings().stream());
    }

    @Test
    void theExampleIsTheConfigurationOfAnIntake() throws IOException {
        Path file = Files.writeString(folder.resolve("keyward.properties"), block("keyward.kafka"));
        IntakeSettings intake = KeywardConfig.load(Optional.of(file), Map.of(), new Properties())
                .forIntake()
                .intake();
        assertThat(intake.secretsDir()).isPresent();
        assertThat(intake.auditDir()).isPresent();
        assertThat(intake.http().files().certificate()).isPresent();
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
    @ValueSource(
            strings = {"'(Microsoft\\.KeyVault\\.[A-Z]\\w+)'", "'(insights-logs-\\w+)'", "name: '(keyward-intake)'"})
    void theCommandsUseTheNamesOfTheTemplate(String pattern) {
        String commands = DOCUMENT.substring(DOCUMENT.indexOf("### Step by step"), DOCUMENT.indexOf("### Check that"));
        assertThat(Pattern.compile(pattern).matcher(TEMPLATE).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(commands).contains(name));
    }

    static Stream<Arguments> operations() {
        return DOCUMENT.lines()
                .filter(line -> line.startsWith("| audit log: "))
                .flatMap(row -> Pattern.compile("`(\\w+)`")
                        .matcher(row)
                        .results()
                        .map(name -> Arguments.of(name.group(1), row.contains("every key"))));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOperationOfTheAuditLogIsTheHintThatIsDocumented(String operation, boolean concernsEveryKey) {
        String record = """
                {"records": [{"time": "2026-03-01T10:00:00Z", "category": "AuditEvent", "operationName": "%s",
                 "properties": {"id": "https://kv.vault.azure.net/keys/k", "httpStatusCode": 200}}]}
                """.formatted(operation);
        assertThat(AuditReader.read(new TenantId("contoso"), record.getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .extracting(Item::finding)
                .isInstanceOfSatisfying(
                        Finding.Hint.class,
                        hint -> assertThat(hint.hint().keyName().isEmpty()).isEqualTo(concernsEveryKey));
    }

    @Test
    void operationsOfBothKindsAreDocumented() {
        assertThat(operations().map(operation -> operation.get()[1])).contains(true, false);
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
