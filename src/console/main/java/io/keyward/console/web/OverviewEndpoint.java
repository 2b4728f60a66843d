package io.keyward.console.web;

import io.keyward.ops.http.Access;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.util.Optional;

/// The first page, and the one for addresses where nothing is.
record OverviewEndpoint(PageMaker maker, ListPages lists) implements Endpoint {
    @Override
    public String path() {
        return "/";
    }

    @Override
    public String summary() {
        return "overview";
    }

    @Override
    public Access access() {
        return Access.CALLERS;
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        return maker.answering(lists::overview).apply(request);
    }

    @Override
    public Optional<EndpointResponse> replyToUnknownPath(String path) {
        return Optional.of(maker.problem(404, "There is no page " + path + "."));
    }
}
