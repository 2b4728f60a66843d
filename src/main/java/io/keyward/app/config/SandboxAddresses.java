package io.keyward.app.config;

import java.util.List;

/// Where the sandbox listens, and where commands look for a cluster when the configuration names none.
///
/// @param intakePort of the webhooks
/// @param intakeHttpPort of the intake's metrics and health
public record SandboxAddresses(
        int kafkaPort,
        int registryPort,
        int httpPort,
        int vaultPort,
        int consolePort,
        int intakePort,
        int intakeHttpPort) {
    public static final SandboxAddresses DEFAULT = new SandboxAddresses(9092, 8081, 8080, 8443, 8090, 8100, 8101);

    private static final String HOST = "127.0.0.1";
    private static final int LAST_BASE = 65_529;

    /// The addresses with `--port-base`: Kafka on that port, and registry, HTTP, vault, console, intake and the
    /// intake's metrics on the six that follow.
    public static SandboxAddresses startingAt(int portBase) {
        if (portBase < 1 || portBase > LAST_BASE) {
            throw new ConfigurationException(List.of(
                    "--port-base = %d: accepted is a port number from 1 to %d, because seven ports in a row are used."
                            .formatted(portBase, LAST_BASE)));
        }
        return new SandboxAddresses(
                portBase, portBase + 1, portBase + 2, portBase + 3, portBase + 4, portBase + 5, portBase + 6);
    }

    public String bootstrapServers() {
        return HOST + ":" + kafkaPort;
    }

    public String registryUrl() {
        return "http://" + HOST + ":" + registryPort;
    }

    public String httpUrl() {
        return "http://" + HOST + ":" + httpPort;
    }

    public String vaultUrl() {
        return "http://" + HOST + ":" + vaultPort;
    }

    public String consoleUrl() {
        return "http://" + HOST + ":" + consolePort;
    }

    public String intakeUrl() {
        return "http://" + HOST + ":" + intakePort;
    }

    public String intakeHttpUrl() {
        return "http://" + HOST + ":" + intakeHttpPort;
    }
}
