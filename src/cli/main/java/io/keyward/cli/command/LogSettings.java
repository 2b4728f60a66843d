package io.keyward.cli.command;

import io.keyward.cli.terminal.Terminal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Chooses the defaults of the log: only errors for short commands, which report failures themselves, and
/// JSON lines for a processor, a console or an intake in a container without a terminal.
public final class LogSettings {
    private static final String LEVEL = "keyward.log.level";
    private static final String LIBRARIES = "keyward.log.libraries";
    private static final String FORMAT = "keyward.log.format";

    private static final Set<String> SERVICES = Set.of("run", "console", "intake");
    private static final Set<String> LONG_RUNNING = Set.of("run", "console", "intake", "sandbox");

    /// The signs of a container: Docker and Podman create one of the files, systemd and Podman set the first
    /// variable, Kubernetes the second.
    private static final Set<String> CONTAINER_FILES = Set.of("/.dockerenv", "/run/.containerenv");

    private static final Set<String> CONTAINER_VARIABLES = Set.of("container", "KUBERNETES_SERVICE_HOST");

    private LogSettings() {}

    /// Has no effect once something has been logged.
    public static void choose(String... arguments) {
        boolean interactive = Terminal.ofErrors().interactive();
        choices(arguments, System.getenv(), interactive, file -> Files.exists(Path.of(file)))
                .forEach((property, value) -> System.getProperties().putIfAbsent(property, value));
    }

    /// System property → value, for settings that no environment variable sets.
    static Map<String, String> choices(
            String[] arguments, Map<String, String> environment, boolean interactive, Predicate<String> exists) {
        Map<String, String> choices = new HashMap<>();
        String command = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
        if (!LONG_RUNNING.contains(command)) {
            choices.put(LEVEL, "ERROR");
            choices.put(LIBRARIES, "ERROR");
        }
        if (SERVICES.contains(command) && !interactive && isContainer(environment, exists)) {
            choices.put(FORMAT, "json");
        }
        choices.keySet().removeIf(property -> environment.containsKey(variable(property)));
        return choices;
    }

    /// Does not use `EnvironmentVariables`, because that loads Kafka classes, which would initialize logging too
    /// early.
    private static String variable(String property) {
        return property.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static boolean isContainer(Map<String, String> environment, Predicate<String> exists) {
        return Stream.concat(
                        CONTAINER_FILES.stream().filter(exists),
                        CONTAINER_VARIABLES.stream().filter(environment::containsKey))
                .findAny()
                .isPresent();
    }
}
