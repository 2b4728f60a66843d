package io.keyward.cli.command;

import io.keyward.config.ConfigSources;
import io.keyward.config.KeywardConfig;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option that names the configuration.
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file with the configuration; environment variables (KEYWARD_…) override it, and"
                    + " Java system properties (KEYWARD_JAVA_OPTS=-Dkeyward.…) override both.")
    private Optional<Path> file = Optional.empty();

    /// @throws ConfigurationException that lists everything that is wrong with it
    KeywardConfig load() {
        return KeywardConfig.load(file, System.getenv(), System.getProperties());
    }

    ConfigSources sources() {
        return ConfigSources.load(file, System.getenv(), System.getProperties());
    }

    /// The option as it was typed, with a space before it; empty if it was not.
    String typed() {
        return file.map(path -> " --config " + path).orElse("");
    }
}
