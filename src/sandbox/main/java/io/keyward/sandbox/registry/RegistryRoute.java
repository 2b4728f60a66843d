package io.keyward.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.PathTemplate;
import io.keyward.sandbox.http.RequestParts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One method on one path of the API. Path segments in braces are variables.
record RegistryRoute(String method, PathTemplate path, Function<EndpointRequest, JsonNode> action) {
    static RegistryRoute of(String method, String path, Function<EndpointRequest, JsonNode> action) {
        return new RegistryRoute(method, PathTemplate.of(path), action);
    }

    /// The reply to the request with its variables if it is for this route.
    Optional<JsonNode> reply(EndpointRequest request) {
        List<String> segments = RequestParts.path(request);
        return request.method().equals(method)
                ? path.match(segments, segments).map(request::with).map(action)
                : Optional.empty();
    }
}
