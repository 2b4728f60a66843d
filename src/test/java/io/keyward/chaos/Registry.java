package io.keyward.chaos;

import io.keyward.testing.process.FreePorts;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import java.nio.file.Path;
import java.util.Optional;

/// A schema registry in this process that can be away for a while, and comes back with all it knew.
final class Registry implements AutoCloseable {
    private final Path folder;
    private EmbeddedSchemaRegistry server;

    Registry(Path folder, int port) {
        this.folder = folder;
        server = start(port);
    }

    String url() {
        return server.url().toString();
    }

    void stop() {
        server.close();
    }

    void startAgain() {
        server = start(server.port());
    }

    private EmbeddedSchemaRegistry start(int port) {
        return EmbeddedSchemaRegistry.start(Optional.of(folder), FreePorts.HOST, port);
    }

    @Override
    public void close() {
        server.close();
    }
}
