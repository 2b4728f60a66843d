package io.keyward.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ExampleConfigurationTest {
    private static final Path EXAMPLE = Path.of("deploy", "keyward.properties.example");

    /// What has no default and is not needed either stands there commented out, with an example.
    private static final Map<String, String> EXAMPLES = Map.of(
            "keyward.state.dir", "keyward.state.dir = /var/lib/keyward",
            "keyward.http.tls.certificate.file", "# keyward.http.tls.certificate.file = /etc/keyward/tls/tls.crt",
            "keyward.http.tls.key.file", "# keyward.http.tls.key.file = /etc/keyward/tls/tls.key",
            "keyward.http.tls.password.file", "# keyward.http.tls.password.file = /etc/keyward/tls/password",
            "keyward.http.token.file", "# keyward.http.token.file = /etc/keyward/http/token");

    @Test
    void theExampleIsCompleteForRun() {
        assertThat(KeywardConfig.load(Optional.of(EXAMPLE), Map.of(), new Properties())
                        .forRun()
                        .state()
                        .dir())
                .contains(Path.of("/var/lib/keyward"));
    }

    @ParameterizedTest
    @FieldSource("io.keyward.app.Settings#ALL")
    void everySettingStandsInItWithItsDefault(Setting<?> setting) throws IOException {
        String line = setting.standard()
                .map(standard -> "# " + setting.key() + " = " + standard)
                .orElseGet(() -> EXAMPLES.get(setting.key()));
        assertThat(Files.readAllLines(EXAMPLE)).contains(line);
    }

    @Test
    void whatIsCommentedOutIsTheDefaultAndAcceptedWhenItIsNot(@TempDir Path folder) throws IOException {
        Path all = Files.writeString(
                folder.resolve("all.properties"),
                Files.readString(EXAMPLE).replaceAll("(?m)^# (keyward\\.[a-z.-]+ = )", "$1"));
        KeywardConfig written = KeywardConfig.load(Optional.of(all), Map.of(), new Properties());
        KeywardConfig left = KeywardConfig.load(Optional.of(EXAMPLE), Map.of(), new Properties());
        assertThat(written.topics()).isEqualTo(left.topics());
        assertThat(written.state()).isEqualTo(left.state());
        assertThat(written.rules()).isEqualTo(left.rules());
        assertThat(written.http().host()).isEqualTo(left.http().host());
        assertThat(written.http().port()).isEqualTo(left.http().port());
        assertThat(written.http().open()).isEqualTo(left.http().open());
        assertThat(written.vault()).isEqualTo(left.vault());
    }
}
