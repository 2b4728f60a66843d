package io.keyward.ops.http;

import java.util.List;
import java.util.stream.Collectors;

/// Lists the endpoints as text.
record IndexPage(List<Endpoint> endpoints) implements Endpoint {
    static final String PATH = "/";

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public String summary() {
        return "this list";
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        int width = endpoints.stream()
                .mapToInt(endpoint -> endpoint.path().length())
                .max()
                .orElse(0);
        return EndpointResponse.text(endpoints.stream()
                .map(endpoint -> ("%-" + width + "s %s\n").formatted(endpoint.path(), endpoint.summary()))
                .collect(Collectors.joining("", "Keyward\n\n", "")));
    }
}
