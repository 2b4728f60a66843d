package io.keyward.app;

import java.util.List;

/// The configuration cannot be used; the message names every setting at fault, its value, where it came from and what
/// is accepted.
public final class ConfigurationException extends RuntimeException {
    public ConfigurationException(List<String> problems) {
        super(
                problems.size() == 1
                        ? problems.getFirst()
                        : "%d problems with the configuration:%n  - %s"
                                .formatted(problems.size(), String.join("%n  - ".formatted(), problems)));
    }
}
