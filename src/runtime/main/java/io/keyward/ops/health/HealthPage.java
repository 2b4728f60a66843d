package io.keyward.ops.health;

import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Serves health checks: status 200 if the check passes, 503 with the reasons if it fails. The reasons name the
/// instance's dependencies, so unauthenticated clients do not receive them.
public final class HealthPage {
    private HealthPage() {}

    public static Route liveness(HealthSource health) {
        return liveness(health, true);
    }

    public static Route readiness(HealthSource health) {
        return readiness(health, true);
    }

    /// Liveness and readiness without the reasons, for a port that every prober may reach.
    public static List<Route> probes(HealthSource health) {
        return List.of(liveness(health, false), readiness(health, false));
    }

    private static Route liveness(HealthSource health, boolean withReasons) {
        String summary = "whether this instance can continue without a restart";
        return page("/health/live", summary, health::liveness, withReasons);
    }

    private static Route readiness(HealthSource health, boolean withReasons) {
        String summary = "whether this instance is ready, and if not, why";
        return page("/health/ready", summary, health::readiness, withReasons);
    }

    private static Route page(String path, String summary, Supplier<Health> source, boolean withReasons) {
        return new Route(path, summary, _ -> reply(source.get(), withReasons))
                .forUnrestricted()
                .orToDenied(() -> reply(source.get(), false));
    }

    private static EndpointResponse reply(Health health, boolean reasons) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", health.ok() ? "UP" : "DOWN");
        if (reasons) {
            json.put("reasons", health.reasons());
        }
        return EndpointResponse.json(health.ok() ? 200 : 503, json);
    }
}
