package io.keyward.ops;

/// The metrics, in Prometheus' text format or, where that is preferred, in OpenMetrics.
public record MetricsPage(KeywardMetrics metrics) implements Page {
    @Override
    public String path() {
        return "/metrics";
    }

    @Override
    public String summary() {
        return "metrics for Prometheus";
    }

    @Override
    public Reply reply(Request request) {
        ScrapeFormat format = ScrapeFormat.preferredBy(request);
        return new Reply(200, format.contentType(), metrics.scrape(format));
    }
}
