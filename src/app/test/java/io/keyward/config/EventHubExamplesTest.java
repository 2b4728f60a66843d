package io.keyward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.security.oauthbearer.JwtValidator;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks the files of Event Hubs that docs/intake.md shows.
class EventHubExamplesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "OAUTHBEARER"})
    void theExampleIsTheFileOfAnEventHub(String mechanism) throws IOException {
        Files.writeString(folder.resolve("contoso.properties"), example(mechanism));
        Properties properties = new Properties();
        properties.put("keyward.intake.audit.dir", folder.toString());
        assertThat(AuditFiles.read(KeywardConfig.load(Optional.empty(), Map.of(), properties)))
                .singleElement()
                .satisfies(source -> assertThat(source.consumerSettings())
                        .containsEntry("sasl.mechanism", mechanism)
                        .containsKey("sasl.jaas.config"));
    }

    @Test
    void thePropertyOfJavaAllowsTheEndpointOfTheExample() throws IOException {
        Matcher endpoint = Pattern.compile("token\\.endpoint\\.url = (.*)").matcher(example("OAUTHBEARER"));
        assertThat(endpoint.find()).isTrue();
        assertThat(document())
                .contains("=-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + endpoint.group(1) + "\n");
    }

    /// The image has no jose4j, which only the broker brings.
    @Test
    void theValidatorOfTheExampleNeedsNoLibraryOfTheBrokerUnlikeTheDefault() throws Exception {
        Matcher validator = Pattern.compile("jwt\\.validator\\.class = (.*)").matcher(example("OAUTHBEARER"));
        assertThat(validator.find()).isTrue();
        URL clients = JwtValidator.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader image = new URLClassLoader(new URL[] {clients}, new WithoutKafkaAndJose4j())) {
            Class<?> named = image.loadClass(validator.group(1));
            assertThat(Utils.newInstance(named)).isNotNull();
            Class<?> standard = image.loadClass(SaslConfigs.DEFAULT_SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS);
            assertThatThrownBy(() -> Utils.newInstance(standard))
                    .isInstanceOf(NoClassDefFoundError.class)
                    .hasMessageContaining("jose4j");
        }
    }

    private static final class WithoutKafkaAndJose4j extends ClassLoader {
        WithoutKafkaAndJose4j() {
            super(null);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("org.apache.kafka.") || name.startsWith("org.jose4j.")) {
                throw new ClassNotFoundException(name);
            }
            return Class.forName(name, false, EventHubExamplesTest.class.getClassLoader());
        }
    }

    /// The file with this mechanism of SASL.
    private static String example(String mechanism) throws IOException {
        return Pattern.compile("(?s)```properties\n(tenant = .*?)```")
                .matcher(document())
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains("sasl.mechanism = " + mechanism + "\n"))
                .findFirst()
                .orElseThrow()
                .replace("TENANT-ID", "contoso");
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("docs", "intake.md"));
    }
}
