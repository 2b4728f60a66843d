package io.keyward.ops.http;

import java.util.Arrays;
import java.util.List;

/// The forms in which metrics can be read.
public enum ScrapeFormat {
    /// Prometheus' text format, which every scraper and person can read.
    PROMETHEUS_TEXT("text/plain", "; version=0.0.4; charset=utf-8"),
    OPEN_METRICS("application/openmetrics-text", "; version=1.0.0; charset=utf-8");

    private final String mediaType;
    private final String parameters;

    ScrapeFormat(String mediaType, String parameters) {
        this.mediaType = mediaType;
        this.parameters = parameters;
    }

    public static ScrapeFormat preferredBy(EndpointRequest request) {
        List<ScrapeFormat> formats = Arrays.asList(values());
        List<String> offers = formats.stream().map(format -> format.mediaType).toList();
        return formats.get(offers.indexOf(request.preferred(offers)));
    }

    /// The whole `Content-Type`.
    public String contentType() {
        return mediaType + parameters;
    }
}
