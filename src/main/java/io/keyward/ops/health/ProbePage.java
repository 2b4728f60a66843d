package io.keyward.ops.health;

import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.util.List;

/// Serves one health check without the reasons, for a port that every prober may reach.
public record ProbePage(HealthPage page) implements Endpoint {
    /// Liveness and readiness.
    public static List<Endpoint> all(HealthSource health) {
        return List.of(new ProbePage(HealthPage.liveness(health)), new ProbePage(HealthPage.readiness(health)));
    }

    @Override
    public String path() {
        return page.path();
    }

    @Override
    public String summary() {
        return page.summary();
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        return page.replyToStranger().orElseThrow();
    }
}
