package io.keyward.sandbox;

import io.keyward.sandbox.http.ApiServer;
import io.keyward.sandbox.registry.RegistryApi;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// A schema registry inside this process that speaks Confluent's REST API, for clients in any language.
///
/// With a folder it keeps its schemas through restarts and kills; without one it forgets them when closed.
public final class EmbeddedSchemaRegistry implements AutoCloseable {
    private static final int BODY_LIMIT = 10 * 1024 * 1024;

    private final RegistryApi api;
    private final ApiServer server;

    private EmbeddedSchemaRegistry(RegistryApi api, ApiServer server) {
        this.api = api;
        this.server = server;
    }

    /// Starts on the port (0: any free one); with a folder, from what the folder holds.
    public static EmbeddedSchemaRegistry start(Optional<Path> folder, String host, int port) {
        RegistryApi api = folder.map(RegistryApi::in).orElseGet(RegistryApi::inMemory);
        try {
            return new EmbeddedSchemaRegistry(api, ApiServer.start(api, "schema registry", host, port, BODY_LIMIT));
        } catch (RuntimeException failed) {
            api.close();
            throw failed;
        }
    }

    public int port() {
        return server.port();
    }

    /// What clients take as `schema.registry.url`.
    public URI url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
        api.close();
    }
}
