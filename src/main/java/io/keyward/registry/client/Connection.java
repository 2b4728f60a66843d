package io.keyward.registry.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The registry's URLs, in order of preference, and how to connect to them.
///
/// @param headers sent with every request besides the credentials, for example for a gateway; never printed
/// @param proxy the HTTP proxy; empty for the JDK's default
public record Connection(
        List<URI> urls,
        Credentials credentials,
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
        return "Connection[urls=%s, credentials=%s, headers=%s, tls=%s, proxy=%s, timeouts=%s]"
                .formatted(urls, credentials, headers.keySet(), tls, proxy, timeouts);
    }

    /// The credentials for the registry; never printed.
    public sealed interface Credentials {
        Map<String, String> headers();

        record None() implements Credentials {
            @Override
            public Map<String, String> headers() {
                return Map.of();
            }
        }

        /// `userInfo` is `user:password`.
        record Basic(String userInfo) implements Credentials {
            @Override
            public Map<String, String> headers() {
                String encoded = Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
                return Map.of("Authorization", "Basic " + encoded);
            }

            @Override
            public String toString() {
                return "Basic[hidden]";
            }
        }

        /// A static token, with the logical cluster and the identity pool that Confluent Cloud requires.
        record Bearer(String token, Optional<String> cluster, Optional<String> identityPool) implements Credentials {
            @Override
            public Map<String, String> headers() {
                Map<String, String> headers = new LinkedHashMap<>();
                headers.put("Authorization", "Bearer " + token);
                cluster.ifPresent(name -> headers.put("target-sr-cluster", name));
                identityPool.ifPresent(name -> headers.put("Confluent-Identity-Pool-Id", name));
                return headers;
            }

            @Override
            public String toString() {
                return "Bearer[hidden]";
            }
        }
    }
}
