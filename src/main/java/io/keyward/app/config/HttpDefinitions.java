package io.keyward.app.config;

import io.keyward.ops.http.HttpNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The settings of an HTTP endpoint.
///
/// @param probePort empty if the endpoint has no separate port for health probes
/// @param token empty if the endpoint has no token, because each of its paths demands a secret of its own
/// @param open empty if there is no token
/// @param readable what whoever reaches the endpoint could read
public record HttpDefinitions(
        HttpNames names,
        Setting<String> host,
        Setting<Integer> port,
        Optional<Setting<Integer>> probePort,
        Setting<Path> certificate,
        Setting<Path> key,
        Setting<Path> password,
        Optional<Setting<Path>> token,
        Optional<Setting<Boolean>> open,
        String readable) {
    /// Of the processor.
    public static final HttpDefinitions PROCESSOR = of(
            HttpNames.PROCESSOR,
            "8080",
            Optional.of(Setting.withoutDefault(
                    HttpNames.PROBES.port(), "a port number from 1 to 65535", Parsers.wholeNumber(1, 65_535))),
            "metrics, health and the topology");

    /// Of the console.
    public static final HttpDefinitions CONSOLE =
            of(HttpNames.CONSOLE, "8090", Optional.empty(), "everything about every tenant");

    /// Of the intake's webhooks, where each tenant has a secret.
    public static final HttpDefinitions INTAKE =
            of(HttpNames.INTAKE, "8100", Optional.empty(), "nothing").withoutToken();

    private static HttpDefinitions of(
            HttpNames names, String port, Optional<Setting<Integer>> probePort, String readable) {
        return new HttpDefinitions(
                names,
                Setting.of(
                        names.host(),
                        "127.0.0.1",
                        "a host name or an IP address",
                        Parsers.matching(Pattern.compile("[^\\s/]+"))),
                Setting.of(
                        names.port(),
                        port,
                        "a port number from 0 (any free one) to 65535",
                        Parsers.wholeNumber(0, 65_535)),
                probePort,
                file(names.certificate(), "a PEM certificate chain, or of a PKCS#12 key store"),
                file(names.key(), "a PEM private key (PKCS#8)"),
                file(names.password(), "a file with the password of the key store or of the private key"),
                Optional.of(file(names.token(), "a file with one line of at least 16 characters")),
                Optional.of(Setting.ofFlag(names.open(), "false")),
                readable);
    }

    private HttpDefinitions withoutToken() {
        return new HttpDefinitions(
                names, host, port, probePort, certificate, key, password, Optional.empty(), Optional.empty(), readable);
    }

    List<Setting<?>> all() {
        return Stream.of(
                        Stream.of(host, port, certificate, key, password),
                        Stream.of(probePort, token, open).flatMap(Optional::stream))
                .flatMap(settings -> settings)
                .<Setting<?>>map(setting -> setting)
                .toList();
    }

    private static Setting<Path> file(String key, String content) {
        return Setting.withoutDefault(key, "the path of " + content, Parsers::path);
    }
}
