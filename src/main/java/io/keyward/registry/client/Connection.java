package io.keyward.registry.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the registry is, in order of preference, and how to reach it.
///
/// @param headers what every request carries besides the credentials, such as what a gateway asks for; never printed
/// @param proxy of HTTP; empty for the JDK's own choice
public record Connection(
        List<URI> urls,
        RegistryCredentials credentials,
        Map<String, String> headers,
        TlsSettings tls,
        Optional<InetSocketAddress> proxy,
        Timeouts timeouts) {
    public Connection {
        urls = List.copyOf(urls);
        headers = Map.copyOf(headers);
    }

    /// How long to wait for a connection, and for a whole reply.
    public record Timeouts(Duration connect, Duration reply) {}

    @Override
    public String toString() {
        return "Connection[urls=%s, credentials=%s, headers=%s, tls=%s, proxy=%s, timeouts=%s]"
                .formatted(urls, credentials, headers.keySet(), tls, proxy, timeouts);
    }
}
