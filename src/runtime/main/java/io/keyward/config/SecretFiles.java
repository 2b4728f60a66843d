package io.keyward.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The files from which settings of a Kafka client were read, passed within the client's settings so that they can
/// be read again.
final class SecretFiles {
    /// Prefix of a setting's name; the value is the path of its file.
    static final String PREFIX = "keyward.file.";

    private SecretFiles() {}

    /// The present value of a setting that was read from a file; empty if it was not.
    ///
    /// @throws IOException if the file cannot be read
    static Optional<String> value(Map<String, ?> settings, String name) throws IOException {
        return settings.get(PREFIX + name) instanceof String path ? Optional.of(content(path)) : Optional.empty();
    }

    /// The value in a file.
    static String content(String path) throws IOException {
        return Files.readString(Path.of(path)).stripTrailing();
    }
}
