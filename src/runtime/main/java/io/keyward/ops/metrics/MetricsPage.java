package io.keyward.ops.metrics;

import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.util.function.UnaryOperator;

/// Serves the metrics in OpenMetrics format if the client accepts it, otherwise in Prometheus' text format.
///
/// @param scrape exports the metrics in the format with this content type
public record MetricsPage(UnaryOperator<String> scrape) implements Endpoint {
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

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
        String contentType = FORMATS.getOpenMetricsTextFormatWriter()
                        .accepts(request.header("accept").orElse(""))
                ? FORMATS.getOpenMetricsTextFormatWriter().getContentType()
                : FORMATS.getPrometheusTextFormatWriter().getContentType();
        return new EndpointResponse(200, contentType, scrape.apply(contentType));
    }
}
