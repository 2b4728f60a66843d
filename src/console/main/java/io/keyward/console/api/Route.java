package io.keyward.console.api;

import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.util.function.Function;

/// An address, and what answers there.
public record Route(String method, String path, String summary, Function<EndpointRequest, EndpointResponse> answer)
        implements Endpoint {
    public Route(String path, String summary, Function<EndpointRequest, EndpointResponse> answer) {
        this("GET", path, summary, answer);
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        return answer.apply(request);
    }
}
