package io.keyward.console.web;

import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.util.function.Function;

/// A page at its address.
record PageEndpoint(String method, String path, String summary, Function<EndpointRequest, EndpointResponse> page)
        implements Endpoint {
    PageEndpoint(String path, String summary, Function<EndpointRequest, EndpointResponse> page) {
        this("GET", path, summary, page);
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        return page.apply(request);
    }
}
