package io.keyward.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogSettingsTest {
    private static final String[] RUN = {"run", "--config", "keyward.properties"};

    @ParameterizedTest
    @ValueSource(strings = {"container", "KUBERNETES_SERVICE_HOST"})
    void aProcessorInAContainerWritesJson(String variable) {
        assertThat(choices(RUN, Map.of(variable, "any"), false))
                .containsExactly(Map.entry("keyward.log.format", "json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "intake"})
    void otherServicesLogAsAProcessorDoes(String service) {
        assertThat(choices(new String[] {service}, Map.of("container", "any"), false))
                .containsExactly(Map.entry("keyward.log.format", "json"));
        assertThat(choices(new String[] {service}, Map.of(), false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.dockerenv", "/run/.containerenv"})
    void theFilesOfContainerEnginesTellAsMuch(String file) {
        assertThat(LogSettings.choices(RUN, Map.of(), false, Set.of(file)::contains))
                .containsEntry("keyward.log.format", "json");
    }

    @Test
    void outsideOfContainersAndOnATerminalItIsText() {
        assertThat(choices(RUN, Map.of(), false)).isEmpty();
        assertThat(choices(RUN, Map.of("container", "podman"), true)).isEmpty();
    }

    @Test
    void theSandboxIsForPeople() {
        assertThat(choices(new String[] {"sandbox"}, Map.of("container", "podman"), false))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics check", "reshard run --partitions 24", "schemas check --config run"})
    void shortCommandsShowErrorsOnly(String line) {
        assertThat(choices(line.split(" "), Map.of("container", "podman"), false))
                .containsOnly(Map.entry("keyward.log.level", "ERROR"), Map.entry("keyward.log.libraries", "ERROR"));
    }

    @Test
    void optionsMayComeBeforeTheCommand() {
        assertThat(choices(new String[] {"--debug", "run"}, Map.of(), false)).isEmpty();
    }

    @Test
    void whatTheUserHasChosenStays() {
        Map<String, String> environment =
                Map.of("container", "podman", "KEYWARD_LOG_FORMAT", "text", "KEYWARD_LOG_LEVEL", "DEBUG");
        assertThat(choices(RUN, environment, false)).isEmpty();
        assertThat(choices(new String[] {"topics", "check"}, environment, false))
                .containsOnlyKeys("keyward.log.libraries");
    }

    private static Map<String, String> choices(String[] arguments, Map<String, String> environment, boolean watched) {
        return LogSettings.choices(arguments, environment, watched, _ -> false);
    }
}
