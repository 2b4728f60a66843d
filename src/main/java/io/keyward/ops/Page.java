package io.keyward.ops;

import java.util.Optional;
import java.util.function.Supplier;

/// Something to be read over HTTP, under one path.
public interface Page {
    /// Where it is, from the root.
    String path();

    /// What it shows, as a line of the index.
    String summary();

    /// Called on a thread of its own for each request; a failure is answered with status 500.
    Reply reply(Request request);

    /// What those may see who do not show the token that the endpoint asks for; by default nothing.
    default Optional<Reply> replyToStranger() {
        return Optional.empty();
    }

    /// `/metrics`, in the form that the reader prefers.
    static Page metrics(KeywardMetrics metrics) {
        return new MetricsPage(metrics);
    }

    /// `/health/live`
    static Page liveness(HealthSource health) {
        return new HealthPage("/health/live", "whether this instance can go on without a restart", health::liveness);
    }

    /// `/health/ready`
    static Page readiness(HealthSource health) {
        return new HealthPage(
                "/health/ready", "whether this instance does its work, and what is missing", health::readiness);
    }

    /// `/topology`, as text or as a Mermaid diagram.
    static Page topology(Supplier<String> text, Supplier<String> mermaid) {
        return new TopologyPage(text, mermaid);
    }
}
