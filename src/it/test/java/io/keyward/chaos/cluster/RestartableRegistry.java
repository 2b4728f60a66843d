package io.keyward.chaos.cluster;

import io.keyward.sandbox.EmbeddedSchemaRegistry;
import io.keyward.testing.process.FreePorts;
import java.nio.file.Path;
import java.util.Optional;

/// A schema registry in this process that can be stopped and started with all its schemas.
public final class RestartableRegistry implements AutoCloseable {
    private final Path folder;
    private EmbeddedSchemaRegistry server;

    RestartableRegistry(Path folder, int port) {
        this.folder = folder;
        server = start(port);
    }

    public String url() {
        return server.url().toString();
    }

    public void stop() {
        server.close();
    }

    public void startAgain() {
        server = start(server.url().getPort());
    }

    private EmbeddedSchemaRegistry start(int port) {
        return EmbeddedSchemaRegistry.start(Optional.of(folder), FreePorts.HOST, port);
    }

    @Override
    public void close() {
        server.close();
    }
}
