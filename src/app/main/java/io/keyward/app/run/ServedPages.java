package io.keyward.app.run;

import io.keyward.config.HttpSettings;
import io.keyward.ops.health.HealthPage;
import io.keyward.ops.health.HealthSource;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.Gate;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.Route;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the pages of a process as its settings say.
public final class ServedPages {
    private static final Logger LOG = LoggerFactory.getLogger(ServedPages.class);

    private ServedPages() {}

    /// Starts the endpoint, and warns if its token goes over the network in the clear.
    ///
    /// @param largestBody the maximum size of a request's body in bytes
    /// @throws io.keyward.ops.http.HttpEndpointException if the address or one of the files cannot be used
    public static HttpEndpoint start(HttpSettings settings, int largestBody, List<? extends Endpoint> pages) {
        return start(settings, largestBody, pages, HttpEndpoint.gate(settings.options(largestBody)));
    }

    /// The same with a gate of the caller's.
    public static HttpEndpoint start(
            HttpSettings settings, int largestBody, List<? extends Endpoint> pages, Gate gate) {
        if (settings.sendsTokenInClear()) {
            LOG.warn(
                    "The token of {} goes over the network in the clear; set {} to encrypt it",
                    settings.names().token(),
                    settings.names().certificate());
        }
        return HttpEndpoint.start(settings.options(largestBody), pages, gate);
    }

    /// What a process tells about itself.
    public static List<Route> operations(Route metrics, HealthSource health) {
        return List.of(metrics, HealthPage.liveness(health), HealthPage.readiness(health));
    }

    /// Starts the port for health probes; empty if none is set.
    ///
    /// @throws io.keyward.ops.http.HttpEndpointException if the address cannot be used
    public static Optional<HttpEndpoint> startProbes(HttpSettings settings, HealthSource health) {
        return settings.probeOptions().map(options -> HttpEndpoint.start(options, HealthPage.probes(health)));
    }
}
