package io.keyward.cli.command;

import io.keyward.cluster.ClusterTopics;
import io.keyward.config.ConfigSources;
import io.keyward.config.KeywardConfig;
import io.keyward.config.SandboxAddresses;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that name the cluster: the configured one, or the sandbox if none is configured.
final class ClusterOptions {
    @Mixin
    private ConfigOption config;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "If no cluster is configured: the first of the seven ports of a sandbox that was started with"
                    + " the same option.")
    private Optional<Integer> portBase = Optional.empty();

    /// @throws ConfigurationException that lists everything that is wrong with it
    KeywardConfig load() {
        return config.load()
                .orSandbox(portBase.map(SandboxAddresses::startingAt).orElse(SandboxAddresses.DEFAULT));
    }

    /// Like [#load()], but without falling back to the sandbox unless `--port-base` names one.
    ///
    /// @throws ConfigurationException that lists everything that is wrong with it
    KeywardConfig loadConfigured() {
        return portBase.isPresent() ? load() : config.load();
    }

    /// The topics of the cluster.
    ///
    /// @throws ConfigurationException as [#load()]
    ClusterTopics topics() {
        return new ClusterTopics(load(), typed());
    }

    ConfigSources sources() {
        return config.sources();
    }

    /// These options as they were typed, each with a space before it.
    String typed() {
        return config.typed() + portBase.map(base -> " --port-base " + base).orElse("");
    }
}
