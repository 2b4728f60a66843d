package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigListingTest {
    private static final String PASSWORD = "hunter2";

    @TempDir
    Path folder;

    private String listing;
    private Path file;
    private Path secret;

    @BeforeEach
    void list() throws IOException {
        secret = Files.writeString(folder.resolve("user-info"), "keyward:" + PASSWORD);
        file = Files.writeString(folder.resolve("keyward.properties"), """
                keyward.kafka.bootstrap.servers = broker:9092
                keyward.kafka.ssl.key.password = %s
                keyward.http.port = 8081
                keyward.topics.partitions = 6
                keyward.streams.linger.ms = 5
                keyward.registry.url = http://reader:%s@registry:8081
                keyward.registry.basic.auth.user.info.file = %s
                """.formatted(PASSWORD, PASSWORD, secret));
        Map<String, String> environment = Map.of("KEYWARD_HTTP_PORT", "8082", "KEYWARD_TOPICS_PARTITIONS", "7");
        Properties system = new Properties();
        system.setProperty("keyward.topics.partitions", "8");
        listing = new ConfigListing(
                        KeywardConfig.load(Optional.of(file), environment, system),
                        ConfigSources.load(Optional.of(file), environment, system))
                .text();
    }

    @Test
    void everyValueStandsBelowWhereItComesFrom() {
        assertThat(groupOf("keyward.topics.partitions = 8")).isEqualTo("# system property");
        assertThat(groupOf("keyward.http.port = 8082")).isEqualTo("# environment variable KEYWARD_HTTP_PORT");
        assertThat(groupOf("keyward.kafka.bootstrap.servers = broker:9092")).isEqualTo("# file " + file);
        assertThat(groupOf("keyward.application.id = keyward")).isEqualTo("# default");
    }

    @Test
    void whatKeywardSetsForKafkaStreamsIsAmongIt() {
        assertThat(groupOf("keyward.streams.commit.interval.ms = 100"))
                .startsWith("# Keyward's default for Kafka Streams");
        assertThat(groupOf("# processing.guarantee = exactly_once_v2")).startsWith("# fixed by Keyward");
        assertThat(listing).containsOnlyOnce("linger.ms").contains("keyward.streams.linger.ms = 5");
    }

    @Test
    void noSecretIsShownWhereverItComesFrom() {
        assertThat(listing).doesNotContain(PASSWORD);
        assertThat(groupOf("keyward.kafka.ssl.key.password = [hidden]")).isEqualTo("# file " + file);
        assertThat(groupOf("keyward.registry.basic.auth.user.info = [hidden]"))
                .isEqualTo("# the file that keyward.registry.basic.auth.user.info.file names (file " + file + ")");
        assertThat(listing).contains("keyward.registry.url = http://[hidden]@registry:8081");
    }

    @Test
    void whatWasChosenStandsBeforeWhatWasNot() {
        assertThat(listing.lines().filter(line -> line.startsWith("# ") && !line.contains(" = ")))
                .endsWith(
                        "# default",
                        "# Keyward's default for Kafka Streams, which keyward.streams.* changes",
                        "# fixed by Keyward for Kafka Streams");
    }

    @Test
    void everySettingThatHasADefaultStandsInIt() throws IOException {
        Properties read = new Properties();
        read.load(new StringReader(listing));
        assertThat(read.stringPropertyNames())
                .containsAll(KeywardConfig.ALL.stream()
                        .filter(setting -> setting.defaultText().isPresent())
                        .map(Setting::key)
                        .toList());
    }

    /// The heading of the line's group.
    private String groupOf(String line) {
        String before = listing.substring(0, ("\n" + listing).indexOf("\n" + line + "\n"));
        int group = before.lastIndexOf("\n\n");
        return before.substring(group < 0 ? 0 : group + 2).lines().findFirst().orElseThrow();
    }
}
