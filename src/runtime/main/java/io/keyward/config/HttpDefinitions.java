package io.keyward.config;

import io.keyward.ops.http.HttpNames;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The settings of an HTTP endpoint.
///
/// @param readable what anyone who reaches the endpoint could read
/// @param settings those that the endpoint supports; the others have no value
public record HttpDefinitions(
        HttpNames names,
        String readable,
        SettingList settings,
        Setting<String> host,
        Setting<Integer> port,
        Setting<Path> certificate,
        Setting<Path> key,
        Setting<Path> password,
        Setting<Integer> probePort,
        Setting<Path> token,
        Setting<Boolean> open) {
    /// The endpoint of the processor, which has a separate port for health probes.
    public static final HttpDefinitions PROCESSOR =
            of(HttpNames.PROCESSOR, "8080", "metrics, health and the topology", true, true);

    /// The endpoint of the console.
    public static final HttpDefinitions CONSOLE =
            of(HttpNames.CONSOLE, "8090", "everything about every tenant", false, true);

    /// The endpoint of the intake's webhooks. Each webhook path requires a secret of its own.
    public static final HttpDefinitions INTAKE = of(HttpNames.INTAKE, "8100", "nothing", false, false);

    private static HttpDefinitions of(
            HttpNames names, String port, String readable, boolean hasProbePort, boolean hasToken) {
        SettingList known = new SettingList();
        SettingList others = new SettingList();
        SettingList ofProbes = hasProbePort ? known : others;
        SettingList ofToken = hasToken ? known : others;
        return new HttpDefinitions(
                names,
                readable,
                known,
                known.of(names.host(), "127.0.0.1", "a host name or an IP address", Parsers.matching("[^\\s/]+")),
                known.of(
                        names.port(),
                        port,
                        "a port number from 0 (any free one) to 65535",
                        Parsers.wholeNumber(0, 65_535)),
                known.path(names.certificate(), "a PEM certificate chain, or of a PKCS#12 key store"),
                known.path(names.key(), "a PEM private key (PKCS#8)"),
                known.path(names.password(), "a file with the password of the key store or of the private key"),
                ofProbes.withoutDefault(
                        names.probePort(), "a port number from 1 to 65535", Parsers.wholeNumber(1, 65_535)),
                ofToken.path(names.token(), "a file with one line of at least 16 characters"),
                ofToken.flag(names.open(), "false"));
    }

    static Stream<HttpDefinitions> all() {
        return Stream.of(PROCESSOR, CONSOLE, INTAKE);
    }

    /// Why the configured endpoint would be unsafe; empty if it is safe.
    Stream<String> problems(KeywardConfig config) {
        boolean othersLogIn = names.equals(HttpNames.CONSOLE)
                && config.find(AccessSettings.ISSUER).isPresent();
        return config.http(this).problems(readable, othersLogIn).stream();
    }
}
