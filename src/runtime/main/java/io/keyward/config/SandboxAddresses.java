package io.keyward.config;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/// The addresses of the sandbox. Commands use them when the configuration names no cluster.
///
/// @param intake the intake's webhooks
/// @param intakeHttp the intake's metrics and health
public record SandboxAddresses(
        int kafkaPort, URI registry, URI http, URI vault, URI console, URI intake, URI intakeHttp) {
    public static final SandboxAddresses DEFAULT = of(9092, 8081, 8080, 8443, 8090, 8100, 8101);

    private static final String HOST = "127.0.0.1";
    private static final int PORTS = 7;
    private static final int LAST_BASE = 65_536 - PORTS;

    /// The addresses with `--port-base`: Kafka on that port, then registry, HTTP, vault, console, intake and the
    /// intake's metrics on the next six ports.
    public static SandboxAddresses startingAt(int portBase) {
        if (portBase < 1 || portBase > LAST_BASE) {
            throw new ConfigurationException(List.of(
                    "--port-base = %d: must be a port number from 1 to %d, because the sandbox uses seven consecutive ports."
                            .formatted(portBase, LAST_BASE)));
        }
        return of(IntStream.range(portBase, portBase + PORTS).toArray());
    }

    private static SandboxAddresses of(int... ports) {
        return new SandboxAddresses(
                ports[0], at(ports[1]), at(ports[2]), at(ports[3]), at(ports[4]), at(ports[5]), at(ports[6]));
    }

    private static URI at(int port) {
        return URI.create("http://" + HOST + ":" + port);
    }

    public String bootstrapServers() {
        return HOST + ":" + kafkaPort;
    }
}
