package io.keyward.ops.health;

import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Serves one health check: status 200 when it passes, 503 with the reasons when it fails. The reasons name the
/// instance's dependencies, so unauthenticated clients do not get them.
public record HealthPage(String path, String summary, Supplier<Health> source) implements Endpoint {
    public static HealthPage liveness(HealthSource health) {
        return new HealthPage("/health/live", "whether this instance can continue without a restart", health::liveness);
    }

    public static HealthPage readiness(HealthSource health) {
        return new HealthPage("/health/ready", "whether this instance is ready, and if not, why", health::readiness);
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        Health health = source.get();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", word(health));
        json.put("reasons", health.reasons());
        return EndpointResponse.json(status(health), json);
    }

    @Override
    public Optional<EndpointResponse> replyToStranger() {
        Health health = source.get();
        return Optional.of(EndpointResponse.json(status(health), Map.of("status", word(health))));
    }

    private static String word(Health health) {
        return health.ok() ? "UP" : "DOWN";
    }

    private static int status(Health health) {
        return health.ok() ? 200 : 503;
    }
}
