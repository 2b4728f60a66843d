package io.keyward.ops.health;

import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Serves one health check: status 200 when it passes, 503 with the reasons when it fails. The reasons name the
/// instance's dependencies, so unauthenticated clients do not get them.
///
/// @param withReasons whether anybody gets them
public record HealthPage(String path, String summary, Supplier<Health> source, boolean withReasons)
        implements Endpoint {
    public static HealthPage liveness(HealthSource health) {
        String summary = "whether this instance can continue without a restart";
        return new HealthPage("/health/live", summary, health::liveness, true);
    }

    public static HealthPage readiness(HealthSource health) {
        String summary = "whether this instance is ready, and if not, why";
        return new HealthPage("/health/ready", summary, health::readiness, true);
    }

    /// Liveness and readiness without the reasons, for a port that every prober may reach.
    public static List<Endpoint> probes(HealthSource health) {
        return List.of(liveness(health).withoutReasons(), readiness(health).withoutReasons());
    }

    private HealthPage withoutReasons() {
        return new HealthPage(path, summary, source, false);
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        return reply(withReasons);
    }

    @Override
    public Optional<EndpointResponse> replyToStranger() {
        return Optional.of(reply(false));
    }

    private EndpointResponse reply(boolean reasons) {
        Health health = source.get();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", health.ok() ? "UP" : "DOWN");
        if (reasons) {
            json.put("reasons", health.reasons());
        }
        return EndpointResponse.json(health.ok() ? 200 : 503, json);
    }
}
