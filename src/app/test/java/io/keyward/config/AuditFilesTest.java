package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.domain.id.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditFilesTest {
    private static final String GOOD = """
            tenant = contoso
            topic = insights-logs-auditevent
            bootstrap.servers = contoso.servicebus.windows.net:9093
            """;

    @TempDir
    private Path dir;

    @Test
    void everyFileIsAnEventHub() throws IOException {
        write("contoso.properties", GOOD + """
                security.protocol = SASL_SSL
                sasl.mechanism = PLAIN
                sasl.jaas.config = a login module with a secret
                group.id = keyward-eu
                """);
        write("fabrikam.properties", """
                tenant = fabrikam
                topic = audit
                bootstrap.servers = fabrikam.servicebus.windows.net:9093
                """);
        assertThat(read())
                .containsExactly(
                        new AuditSource(
                                new TenantId("contoso"),
                                "insights-logs-auditevent",
                                Map.of(
                                        "bootstrap.servers", "contoso.servicebus.windows.net:9093",
                                        "security.protocol", "SASL_SSL",
                                        "sasl.mechanism", "PLAIN",
                                        "sasl.jaas.config", "a login module with a secret",
                                        "group.id", "keyward-eu")),
                        new AuditSource(
                                new TenantId("fabrikam"),
                                "audit",
                                Map.of("bootstrap.servers", "fabrikam.servicebus.windows.net:9093")));
        assertThat(read().getFirst().toString())
                .contains("contoso", "insights-logs-auditevent", "contoso.servicebus.windows.net:9093")
                .doesNotContain("secret");
    }

    @Test
    void foldersOfKubernetesAreFollowedThroughTheirLinks() throws IOException {
        Path data = Files.createDirectory(dir.resolve("..2026_05_01"));
        Files.writeString(data.resolve("contoso.properties"), GOOD);
        Files.createSymbolicLink(dir.resolve("..data"), data.getFileName());
        Files.createSymbolicLink(dir.resolve("contoso.properties"), Path.of("..data", "contoso.properties"));
        assertThat(read()).hasSize(1);
    }

    @Test
    void withoutAFolderThereIsNone() {
        assertThat(AuditFiles.read(KeywardConfig.load(Optional.empty(), Map.of(), new Properties())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tenant = contoso           |                                  | tenant is required; accepted is the id of the tenant whose audit logs it holds.
            tenant = contoso           | tenant = a/b                     | tenant holds '/' at position 1
            topic = insights           | topics = insights                | topic is required; accepted is the name of an Event Hub.
            topic = insights           | topics = insights                | no consumer of Kafka's reads a setting topics
            topic = insights           | topic = in/                      | topic = in/-logs-auditevent: accepted is the name of an Event Hub
            bootstrap.servers =        | security.protocol =              | bootstrap.servers is required; accepted is the address of its namespace
            tenant = contoso           | tenant = contoso\\ntenant = b    | tenant is set more than once; keep one.
            tenant = contoso           | tenant = contoso\\nsasl.jaas.confg = hunter2   | no consumer of Kafka's reads a setting sasl.jaas.confg. Did you mean sasl.jaas.config?
            tenant = contoso           | tenant = contoso\\nmax.poll.records = many     | max.poll.records = many: Kafka refuses it: Not a number of type INT.
            tenant = contoso           | tenant = contoso\\nenable.auto.commit = true   | enable.auto.commit belongs to Keyward
            """)
    void mistakesAreNamedWithTheirFileAndKey(String line, String instead, String message) throws IOException {
        write("contoso.properties", GOOD.replace(line, instead == null ? "" : instead.replace("\\n", "\n")));
        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(dir.resolve("contoso.properties") + ": ")
                .hasMessageContaining(message)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void aSettingOfAPlugInIsPassedOn() throws IOException {
        write("contoso.properties", GOOD + """
                metric.reporters = com.example.Reporter
                reporter.address = reports.example.com
                """);
        assertThat(read().getFirst().consumerSettings()).containsKey("reporter.address");
    }

    @Test
    void anEventHubHasOneFile() throws IOException {
        write("a.properties", GOOD);
        write("b.properties", GOOD.replace("tenant = contoso", "tenant = fabrikam"));
        assertThatThrownBy(this::read)
                .hasMessageContaining(dir.resolve("b.properties") + ": a.properties names the same Event Hub");
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        write("contoso.json", "{}");
        assertThatThrownBy(this::read).hasMessageContaining("contoso.json: its name does not end in .properties");
    }

    @Test
    void aFileThatIsNoTextIsRefusedWithoutShowingIt() throws IOException {
        Files.write(dir.resolve("contoso.properties"), "tenant = \\u00zz".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("contoso.properties: it cannot be read");
    }

    @Test
    void anEmptyFolderIsRefused() {
        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("keyward.intake.audit.dir = " + dir + ": it holds no file");
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> read(dir.resolve("missing")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("it cannot be read");
    }

    private List<AuditSource> read() {
        return read(dir);
    }

    private static List<AuditSource> read(Path folder) {
        Properties properties = new Properties();
        properties.put("keyward.intake.audit.dir", folder.toString());
        return AuditFiles.read(KeywardConfig.load(Optional.empty(), Map.of(), properties));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(dir.resolve(name), content);
    }
}
