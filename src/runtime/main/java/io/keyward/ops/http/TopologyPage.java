package io.keyward.ops.http;

import java.util.function.Supplier;

/// Serves the running topology as text or as a Mermaid diagram.
public record TopologyPage(Supplier<String> text, Supplier<String> mermaid) implements Endpoint {
    private static final String MERMAID = "application/vnd.mermaid";

    @Override
    public String path() {
        return "/topology";
    }

    @Override
    public String summary() {
        return "the topology as text, or as a Mermaid chart with ?format=mermaid";
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        String format = request.parameter("format")
                .orElseGet(() -> request.header("accept").orElse("").contains(MERMAID) ? "mermaid" : "text");
        return switch (format) {
            case "text" -> EndpointResponse.text(text.get());
            case "mermaid" -> new EndpointResponse(200, MERMAID + "; charset=utf-8", mermaid.get());
            default ->
                EndpointResponse.problem(
                        400, "There is no format '" + format + "'; use ?format=text or ?format=mermaid.");
        };
    }
}
