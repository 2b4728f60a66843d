package io.keyward.registry;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Where the registry is, in order of preference, and how to reach it.
public record Connection(List<URI> urls, Credentials credentials, TlsSettings tls, Timeouts timeouts) {
    public Connection {
        urls = List.copyOf(urls);
    }

    /// How long to wait for a connection, and for a whole reply.
    public record Timeouts(Duration connect, Duration reply) {}
}
