package io.keyward.ops.http;

import java.util.function.Supplier;

/// Serves the running topology as text or as a Mermaid diagram.
public final class TopologyPage {
    private static final String MERMAID = "application/vnd.mermaid";

    private TopologyPage() {}

    public static Route of(Supplier<String> text, Supplier<String> mermaid) {
        String summary = "the topology as text, or as a Mermaid chart with ?format=mermaid";
        return new Route("/topology", summary, request -> reply(request, text, mermaid)).forUnrestricted();
    }

    private static EndpointResponse reply(EndpointRequest request, Supplier<String> text, Supplier<String> mermaid) {
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
