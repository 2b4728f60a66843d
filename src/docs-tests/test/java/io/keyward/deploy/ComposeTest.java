package io.keyward.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyward.config.ConsoleSettings;
import io.keyward.config.HttpDefinitions;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.ops.metrics.Promtool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// Checks `deploy/compose.yaml`: the broker, the processor, Prometheus and Grafana accept their settings, and
/// related settings match. CI also validates it with Docker Compose's own parser.
class ComposeTest {
    private static final Path FOLDER = Path.of("deploy");
    private static final Pattern ADDRESS = Pattern.compile("(?<![\\w.])([a-z]+):(\\d{4,5})(?!\\d)");

    private final JsonNode compose = read();

    @Test
    void theProcessorTakesItsEnvironment() throws IOException {
        KeywardConfig config = configuration("keyward").forRun();
        assertThat(service("keyward").path("ports"))
                .extracting(JsonNode::asText)
                .containsExactly("127.0.0.1:8080:" + config.http().port());
        assertThat(mounts("keyward"))
                .containsEntry(config.value(StateSettings.DIR).toString(), "state");
    }

    @Test
    void theConsoleTakesItsEnvironment() throws IOException {
        KeywardConfig config = configuration("console").forConsole();
        assertThat(service("console").path("ports"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "127.0.0.1:8090:" + config.http(HttpDefinitions.CONSOLE).port());
        assertThat(mounts("console"))
                .containsEntry(config.value(ConsoleSettings.DIR).toString(), "console");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics", "schemas", "keyward", "console"})
    void whatTalksToTheClusterTalksToItsInnerAddresses(String service) throws IOException {
        KeywardConfig config = configuration(service);
        assertThat(environment("kafka").get("KAFKA_ADVERTISED_LISTENERS"))
                .contains("INSIDE://" + config.kafka().values().get("bootstrap.servers"));
        assertThat(config.registry().values().get("url")).startsWith("http://registry:8080/");
    }

    @Test
    void theBrokerTakesItsEnvironment() {
        Properties properties = new Properties();
        environment("kafka")
                .forEach((variable, value) -> properties.put(
                        variable.replaceFirst("^KAFKA_", "")
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value));
        assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).containsAll(properties.stringPropertyNames());
        assertThat(KafkaConfig.fromProps(properties)
                        .effectiveAdvertisedBrokerListeners()
                        .size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"kafka, kafka.version", "registry, apicurio.version"})
    void imagesHaveTheVersionsThatTheProductIsTestedWith(String service, String property) throws IOException {
        String version = Pattern.compile("<%1$s>(.+)</%1$s>".formatted(property))
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertThat(service(service).path("image").asText()).endsWith(":-" + version + "}");
    }

    @Test
    void everythingThatIsMountedIsThere() {
        assertThat(compose.path("services").properties())
                .allSatisfy(service -> mounts(service.getKey()).values().forEach(source -> {
                    if (source.startsWith("./")) {
                        assertThat(FOLDER.resolve(source)).exists();
                    } else {
                        assertThat(Stream.of("volumes", "configs")
                                        .anyMatch(kind -> compose.path(kind).has(source)))
                                .as(source)
                                .isTrue();
                    }
                }));
    }

    @Test
    void everyAddressIsThatOfAService() {
        Set<String> hosts = ADDRESS.matcher(compose.toString())
                .results()
                .map(address -> address.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(hosts).isNotEmpty().allMatch(compose.path("services")::has);
    }

    @Test
    void prometheusTakesItsConfigurationAndFindsTheAlerts(@TempDir Path folder) throws Exception {
        String inside = "/etc/prometheus/alerts.yaml";
        assertThat(mounts("prometheus")).containsEntry(inside, "./prometheus/alerts.yaml");
        String configuration = content("prometheus");
        assertThat(configuration).contains(inside);
        Path file = Files.writeString(
                folder.resolve("prometheus.yml"),
                configuration.replace(
                        inside,
                        FOLDER.resolve("prometheus/alerts.yaml")
                                .toAbsolutePath()
                                .toString()));
        Promtool.assertAcceptsConfiguration(file);
    }

    @Test
    void grafanaFindsTheDashboardsAndWhatTheyShow() throws IOException {
        JsonNode provider = new YAMLMapper()
                .readTree(content("grafana-dashboards"))
                .path("providers")
                .path(0);
        assertThat(mounts("grafana")).containsEntry(provider.at("/options/path").asText(), "./grafana");
        JsonNode source = new YAMLMapper()
                .readTree(content("grafana-datasource"))
                .path("datasources")
                .path(0);
        assertThat(source.path("type").asText()).isEqualTo("prometheus");
        assertThat(source.path("isDefault").asBoolean()).isTrue();
    }

    /// The configuration from the image's environment, overridden by the service's.
    private KeywardConfig configuration(String service) throws IOException {
        Map<String, String> environment = environment(service);
        Pattern.compile("(KEYWARD_\\w+)=(\\S+)")
                .matcher(Files.readString(FOLDER.resolve("Dockerfile")).replaceAll("(?m)^#.*", ""))
                .results()
                .forEach(variable -> environment.putIfAbsent(variable.group(1), variable.group(2)));
        return KeywardConfig.load(Optional.empty(), environment, new Properties());
    }

    private Map<String, String> environment(String service) {
        Map<String, String> environment = new TreeMap<>();
        service(service)
                .path("environment")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        assertThat(environment).as(service).isNotEmpty();
        return environment;
    }

    /// Maps each target to its source: a path, the name of a volume or the name of a config.
    private Map<String, String> mounts(String service) {
        Map<String, String> mounts = new TreeMap<>();
        service(service).path("volumes").forEach(volume -> {
            String[] parts = volume.asText().split(":", -1);
            mounts.put(parts[1], parts[0]);
        });
        service(service)
                .path("configs")
                .forEach(config -> mounts.put(
                        config.path("target").asText(), config.path("source").asText()));
        return mounts;
    }

    private JsonNode service(String name) {
        return compose.path("services").path(name);
    }

    private String content(String config) {
        return compose.path("configs").path(config).path("content").asText();
    }

    /// Parses the file with its merge keys, which Jackson ignores.
    private static JsonNode read() {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        try (var reader = Files.newBufferedReader(FOLDER.resolve("compose.yaml"))) {
            return new ObjectMapper().valueToTree(new Yaml(new SafeConstructor(strict)).load(reader));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
