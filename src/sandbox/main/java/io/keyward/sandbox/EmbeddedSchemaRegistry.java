package io.keyward.sandbox;

import io.keyward.sandbox.http.ApiServer;
import io.keyward.sandbox.registry.RegistryApi;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// A schema registry inside this process with Confluent's REST API, for clients in any language.
///
/// With a folder, schemas survive restarts and kills. Without a folder, they are lost on close.
public record EmbeddedSchemaRegistry(ApiServer server) implements AutoCloseable {
    private static final int BODY_LIMIT = 10 * 1024 * 1024;

    /// Starts on the port (0: any free one) and loads the schemas from the folder, if there is one.
    public static EmbeddedSchemaRegistry start(Optional<Path> folder, String host, int port) {
        return new EmbeddedSchemaRegistry(
                ApiServer.start(new RegistryApi(folder), "schema registry", host, port, BODY_LIMIT));
    }

    /// The URL for `schema.registry.url`.
    public URI url() {
        return server.url();
    }

    @Override
    public void close() {
        server.close();
    }
}
