package io.keyward.ops.http;

import java.util.function.Function;

/// An endpoint that a function answers.
record EchoEndpoint(String method, String path, Function<EndpointRequest, EndpointResponse> answer)
        implements Endpoint {
    static EchoEndpoint get(String path, Function<EndpointRequest, String> answer) {
        return new EchoEndpoint("GET", path, answer.andThen(EndpointResponse::text));
    }

    static EchoEndpoint post(String path, Function<EndpointRequest, String> answer) {
        return new EchoEndpoint("POST", path, answer.andThen(EndpointResponse::text));
    }

    @Override
    public String summary() {
        return "";
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        return answer.apply(request);
    }
}
