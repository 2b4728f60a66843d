package io.keyward.ops.metrics;

import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.ScrapeFormat;

/// The metrics, in Prometheus' text format or, where that is preferred, in OpenMetrics.
public record MetricsPage(KeywardMetrics metrics) implements Endpoint {
    @Override
    public String path() {
        return "/metrics";
    }

    @Override
    public String summary() {
        return "metrics for Prometheus";
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        ScrapeFormat format = ScrapeFormat.preferredBy(request);
        return new EndpointResponse(200, format.contentType(), metrics.scrape(format));
    }
}
