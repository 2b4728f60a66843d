package io.keyward.console.access;

import io.keyward.ops.http.EndpointRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// The access log: one entry per response, with the caller, the endpoint and the tenant in fields of their own
/// (docs/logs.md). It logs the endpoint's path template, never the query or headers, which may hold secrets.
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.keyward.access");
    private static final Set<String> NOT_ABOUT_TENANTS =
            Set.of("/assets/{hash}/{file}", "/favicon.ico", "/metrics", "/health/live", "/health/ready");

    /// A field of an event line. Tenant ids contain no characters that JSON escapes.
    private static final Pattern TENANT = Pattern.compile("\"tenantId\"\\s*:\\s*\"([^\"\\\\\\s]{1,200})\"");

    private static final int MOST_TENANTS = 3;

    void write(EndpointRequest request, Optional<String> path, int status) {
        if (status < 400 && path.filter(NOT_ABOUT_TENANTS::contains).isPresent()) {
            return;
        }
        String tenant = tenants(request);
        Map<String, String> fields = Map.of(
                "user.name", request.caller().name(),
                "http.request.method", request.method(),
                "http.route", path.orElse(""),
                "http.response.status_code", Integer.toString(status),
                "keyward.tenant", tenant);
        fields.forEach(MDC::put);
        LOG.info(
                "{} requested {} {}{}: {}",
                request.caller().name(),
                request.method(),
                path.orElse("an unknown path"),
                tenant.isEmpty() ? "" : " about " + tenant,
                status);
        fields.keySet().forEach(MDC::remove);
    }

    /// The tenants that a request names, separated by blanks; empty if it names none or
    /// more than [#MOST_TENANTS].
    static String tenants(EndpointRequest request) {
        return Optional.ofNullable(request.variables().get("tenant"))
                .or(() -> tenantIn(request))
                .orElseGet(() -> tenantsInLines(request));
    }

    private static Optional<String> tenantIn(EndpointRequest request) {
        try {
            return request.parameter("tenant").or(() -> request.parameter("tenantId"));
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    /// The tenants in the event lines of a what-if request; empty if there are too many.
    private static String tenantsInLines(EndpointRequest request) {
        String lines;
        try {
            lines = request.form().getOrDefault("lines", new String(request.body(), StandardCharsets.UTF_8));
        } catch (RuntimeException malformed) {
            return "";
        }
        Set<String> tenants = TENANT.matcher(lines)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        return tenants.size() > MOST_TENANTS ? "" : String.join(" ", tenants);
    }
}
