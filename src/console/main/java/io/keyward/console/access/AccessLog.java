package io.keyward.console.access;

import io.keyward.ops.http.EndpointRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Who asked what about which tenant, one entry for each answer, in fields of their own
/// (docs/logs.md). It holds the path of the endpoint with the names of its variables, and neither
/// queries nor headers, which may hold secrets.
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.keyward.access");
    private static final Set<String> NOT_ABOUT_TENANTS =
            Set.of("/assets/{hash}/{file}", "/favicon.ico", "/metrics", "/health/live", "/health/ready");

    void write(EndpointRequest asked, Optional<String> path, int status) {
        if (status < 400 && path.filter(NOT_ABOUT_TENANTS::contains).isPresent()) {
            return;
        }
        String tenant = Optional.ofNullable(asked.variables().get("tenant"))
                .or(() -> tenantIn(asked))
                .orElse("");
        Map<String, String> fields = Map.of(
                "user.name", asked.caller().name(),
                "http.request.method", asked.method(),
                "http.route", path.orElse(""),
                "http.response.status_code", Integer.toString(status),
                "keyward.tenant", tenant);
        fields.forEach(MDC::put);
        LOG.info(
                "{} asked {} {}{}: {}",
                asked.caller().name(),
                asked.method(),
                path.orElse("a path that is not there"),
                tenant.isEmpty() ? "" : " about " + tenant,
                status);
        fields.keySet().forEach(MDC::remove);
    }

    private static Optional<String> tenantIn(EndpointRequest asked) {
        try {
            return asked.parameter("tenant");
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }
}
