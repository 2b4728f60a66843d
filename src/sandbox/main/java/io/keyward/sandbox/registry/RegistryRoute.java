package io.keyward.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.PathTemplate;
import io.keyward.sandbox.http.RequestParts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One method on one path of the API. Path segments in braces are variables.
record RegistryRoute(String method, PathTemplate path, Function<Call, JsonNode> action) {
    static RegistryRoute of(String method, String path, Function<Call, JsonNode> action) {
        return new RegistryRoute(method, PathTemplate.of(path), action);
    }

    /// A request with the variables of its path.
    record Call(Map<String, String> variables, EndpointRequest request) {
        String subject() {
            return variables.get("subject");
        }

        boolean flag(String name) {
            return Boolean.parseBoolean(request.parameter(name).orElse(""));
        }
    }

    /// The request with its variables if it is for this route.
    Optional<Call> match(EndpointRequest request) {
        List<String> segments = RequestParts.path(request);
        return request.method().equals(method)
                ? path.match(segments, segments).map(variables -> new Call(variables, request))
                : Optional.empty();
    }
}
