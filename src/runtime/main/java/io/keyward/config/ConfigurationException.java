package io.keyward.config;

import java.util.List;

/// The configuration cannot be used. The message names every faulty setting, its value, its source and what the
/// value must be.
public final class ConfigurationException extends RuntimeException {
    private static final int SHOWN = 20;

    public ConfigurationException(List<String> problems) {
        super(problems.size() == 1 ? problems.getFirst() : list(problems));
    }

    /// @throws ConfigurationException with the problems, if there are any
    static void throwIfAny(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private static String list(List<String> problems) {
        List<String> shown = problems.subList(0, Math.min(SHOWN, problems.size()));
        String more = problems.size() > SHOWN ? "%n  and %d more".formatted(problems.size() - SHOWN) : "";
        return "%d problems with the configuration:%n  - %s%s"
                .formatted(problems.size(), String.join("%n  - ".formatted(), shown), more);
    }
}
