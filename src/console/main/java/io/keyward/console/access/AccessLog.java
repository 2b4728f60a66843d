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

/// Who asked what about which tenant, one entry for each answer, in fields of their own
/// (docs/logs.md). It holds the path of the endpoint with the names of its variables, and neither
/// queries nor headers, which may hold secrets.
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.keyward.access");
    private static final Set<String> NOT_ABOUT_TENANTS =
            Set.of("/assets/{hash}/{file}", "/favicon.ico", "/metrics", "/health/live", "/health/ready");

    /// A field of an event line. No id needs characters that are escaped.
    private static final Pattern TENANT = Pattern.compile("\"tenantId\"\\s*:\\s*\"([^\"\\\\\\s]{1,200})\"");

    private static final int MOST_TENANTS = 3;

    void write(EndpointRequest asked, Optional<String> path, int status) {
        if (status < 400 && path.filter(NOT_ABOUT_TENANTS::contains).isPresent()) {
            return;
        }
        String tenant = tenants(asked);
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

    /// Which tenants a request names; empty if it names none, or many.
    static String tenants(EndpointRequest asked) {
        return Optional.ofNullable(asked.variables().get("tenant"))
                .or(() -> tenantIn(asked))
                .orElseGet(() -> tenantsInLines(asked));
    }

    private static Optional<String> tenantIn(EndpointRequest asked) {
        try {
            return asked.parameter("tenant").or(() -> asked.parameter("tenantId"));
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    /// The tenants that the event lines of a what-if name, if there are few.
    private static String tenantsInLines(EndpointRequest asked) {
        String lines;
        try {
            lines = asked.form().getOrDefault("lines", new String(asked.body(), StandardCharsets.UTF_8));
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
