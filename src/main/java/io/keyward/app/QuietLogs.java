package io.keyward.app;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/// Keeps the logs down for commands of a few seconds: they say themselves what went wrong.
final class QuietLogs {
    private static final Map<String, String> LEVELS = Map.of(
            "keyward.log.level", "KEYWARD_LOG_LEVEL",
            "keyward.log.libraries", "KEYWARD_LOG_LIBRARIES");
    private static final Set<String> LONG_RUNNING = Set.of("run", "sandbox");

    private QuietLogs() {}

    /// Shows only errors, unless the command runs for long or the user has chosen. Has no effect once something has
    /// been logged.
    static void choose(String... arguments) {
        if (Arrays.stream(arguments).noneMatch(LONG_RUNNING::contains)) {
            LEVELS.forEach((property, variable) -> {
                if (System.getProperty(property) == null && System.getenv(variable) == null) {
                    System.setProperty(property, "ERROR");
                }
            });
        }
    }
}
