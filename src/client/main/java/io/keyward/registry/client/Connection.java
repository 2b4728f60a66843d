package io.keyward.registry.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The registry's URLs, in order of preference, and how to connect to them.
///
/// @param headers sent with every request, with the credentials among them; never printed
/// @param proxy the HTTP proxy; empty for the JDK's default
public record Connection(
        List<URI> urls,
        Map<String, String> headers,
        TlsSettings tls,
        Optional<InetSocketAddress> proxy,
        Timeouts timeouts) {
    public Connection {
        urls = List.copyOf(urls);
        headers = Map.copyOf(headers);
    }

    public record Timeouts(Duration connect, Duration reply) {}

    @Override
    public String toString() {
        return "Connection[urls=%s, headers=%s, tls=%s, proxy=%s, timeouts=%s]"
                .formatted(urls, headers.keySet(), tls, proxy, timeouts);
    }
}
