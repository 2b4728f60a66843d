package io.keyward.app;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options by which every command that talks to a cluster finds it: as configured, else the sandbox.
final class ClusterOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file with the configuration; environment variables (KEYWARD_…) and -D settings go"
                    + " over it. Without any, the sandbox's addresses are used.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description = "First of the four ports of a sandbox that was started with the same option.")
    private Optional<Integer> portBase = Optional.empty();

    /// @throws ConfigurationException that lists everything that is wrong with it
    KeywardConfig load() {
        return KeywardConfig.load(config, System.getenv(), System.getProperties())
                .orSandbox(addresses());
    }

    SandboxAddresses addresses() {
        return portBase.map(SandboxAddresses::from).orElse(SandboxAddresses.DEFAULT);
    }
}
