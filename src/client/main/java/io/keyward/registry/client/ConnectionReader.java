package io.keyward.registry.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the connection to the registry from settings.
final class ConnectionReader {
    private static final String HEADER_PREFIX = "request.header.";

    private ConnectionReader() {}

    static Connection read(SettingNames names) {
        List<URI> urls = names.parsed("schema.registry.url", List.of(), ConnectionReader::urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException(
                    "schema.registry.url is missing: expected one or more http(s) URLs, separated by commas");
        }
        return new Connection(
                urls.stream().map(ConnectionReader::withoutUserInfo).toList(),
                headers(names, urls),
                new TlsSettings(names.family(TlsSettings.DEFINITION.names())),
                proxy(names),
                new Connection.Timeouts(
                        names.millis("http.connect.timeout.ms", Duration.ofSeconds(5)),
                        names.millis("http.read.timeout.ms", Duration.ofSeconds(10))));
    }

    /// The headers for a gateway, for example, and the credentials.
    private static Map<String, String> headers(SettingNames names, List<URI> urls) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(names.startingWith(HEADER_PREFIX));
        headers.forEach(ConnectionReader::requireSettable);
        Optional<String> token =
                credentials(names, "bearer.auth.token", "bearer.auth.credentials.source", "STATIC_TOKEN");
        Optional<String> userInfo =
                credentials(names, "basic.auth.user.info", "basic.auth.credentials.source", "USER_INFO", "URL");
        Optional<String> cluster = names.text("bearer.auth.logical.cluster");
        Optional<String> identityPool = names.text("bearer.auth.identity.pool.id");
        if (token.isPresent()) {
            headers.put("Authorization", "Bearer " + token.get());
            cluster.ifPresent(name -> headers.put("target-sr-cluster", name));
            identityPool.ifPresent(name -> headers.put("Confluent-Identity-Pool-Id", name));
        } else {
            userInfo.or(() -> userInfo(urls))
                    .map(user -> Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
                    .ifPresent(encoded -> headers.put("Authorization", "Basic " + encoded));
        }
        return headers;
    }

    private static void requireSettable(String name, String value) {
        try {
            HttpRequest.newBuilder().header(name, value);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    HEADER_PREFIX + name
                            + ": expected the name of a header that a client may set, and a value of one line",
                    refused);
        }
    }

    /// The credentials of that name. Rejects those that the chosen source lacks, and those of another source,
    /// because these would be ignored silently.
    ///
    /// @param accepted the sources; the first takes the credentials of that name
    private static Optional<String> credentials(SettingNames names, String name, String source, String... accepted) {
        Optional<String> value = names.text(name);
        Optional<String> chosen = names.text(source);
        chosen.filter(other -> !List.of(accepted).contains(other)).ifPresent(other -> {
            throw new IllegalArgumentException(source + "=" + other + ": expected " + String.join(" or ", accepted));
        });
        boolean needed = chosen.filter(accepted[0]::equals).isPresent();
        String first = source + "=" + accepted[0];
        if (needed && value.isEmpty()) {
            throw new IllegalArgumentException(name + " is missing: required by " + first);
        }
        if (!needed && value.isPresent()) {
            throw new IllegalArgumentException(name + " is set but would be ignored: set " + first + " as well");
        }
        return value;
    }

    private static Optional<String> userInfo(List<URI> urls) {
        return urls.stream()
                .flatMap(url -> Optional.ofNullable(url.getRawUserInfo()).stream())
                .findFirst()
                .map(info -> URLDecoder.decode(info, StandardCharsets.UTF_8));
    }

    private static Optional<InetSocketAddress> proxy(SettingNames names) {
        Optional<String> host = names.text("proxy.host");
        int port = names.parsed("proxy.port", 0, ConnectionReader::port);
        if (host.isPresent() == (port == 0)) {
            throw new IllegalArgumentException("proxy.host and proxy.port: expected both or neither");
        }
        return host.map(name -> InetSocketAddress.createUnresolved(name, port));
    }

    private static int port(String text) {
        int port = SettingNames.number(text);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("expected a port number from 1 to 65535");
        }
        return port;
    }

    private static List<URI> urls(String text) {
        return Arrays.stream(text.split(","))
                .map(String::trim)
                .filter(url -> !url.isEmpty())
                .map(ConnectionReader::url)
                .toList();
    }

    private static URI url(String text) {
        URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
            throw new IllegalArgumentException("expected URLs like http://host:8081, separated by commas");
        }
        return url;
    }

    private static URI withoutUserInfo(URI url) {
        String userInfo = url.getRawUserInfo();
        return userInfo == null ? url : URI.create(url.toString().replace(userInfo + "@", ""));
    }
}
