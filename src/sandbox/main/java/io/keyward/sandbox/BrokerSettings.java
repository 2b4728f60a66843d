package io.keyward.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;

/// The broker settings of the sandbox: those of `broker.properties`, and where the broker is.
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String CLIENT_LISTENER = "PLAINTEXT";

    private BrokerSettings() {}

    static Properties of(Path logDir, int port, int controllerPort) {
        String clients = CLIENT_LISTENER + "://" + LoopbackPorts.HOST + ":" + port;
        String controller = LoopbackPorts.HOST + ":" + controllerPort;
        Properties settings = new Properties();
        try (InputStream fixed = BrokerSettings.class.getResourceAsStream("/sandbox/broker.properties")) {
            settings.load(fixed);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("log.dirs", logDir.toString());
        settings.put("listeners", clients + "," + CONTROLLER_LISTENER + "://" + controller);
        settings.put("advertised.listeners", clients);
        settings.put(
                "listener.security.protocol.map", CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
        return settings;
    }
}
