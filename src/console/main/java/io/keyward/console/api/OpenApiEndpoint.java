package io.keyward.console.api;

import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/// The description of the API, `deploy/openapi.json`.
final class OpenApiEndpoint {
    private static final String RESOURCE = "/console/openapi.json";

    private final byte[] description = load();

    private static byte[] load() {
        try (InputStream file = OpenApiEndpoint.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException("The build is incomplete: " + RESOURCE + " is not on the class path.");
            }
            return file.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    EndpointResponse reply(EndpointRequest request) {
        return new EndpointResponse(200, "application/json", description, Map.of());
    }
}
