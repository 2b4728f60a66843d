package io.keyward.app.config;

import io.keyward.ops.health.ProbeEndpoint;
import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.HttpNames;
import io.keyward.ops.http.HttpOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where metrics and health are served, and how access to them is restricted.
///
/// @param port TCP port; 0 picks a free one
/// @param probePort an additional TCP port for health probes; empty for none
/// @param open whether everybody who reaches the address may read everything, because something else controls
///     access
public record HttpSettings(String host, int port, Optional<Integer> probePort, HttpFiles files, boolean open) {
    static final Setting<String> HOST = Setting.of(
            HttpNames.PROCESSOR.host(),
            "127.0.0.1",
            "a host name or an IP address",
            Parsers.matching(Pattern.compile("[^\\s/]+")));
    public static final Setting<Integer> PORT = Setting.of(
            HttpNames.PROCESSOR.port(),
            "8080",
            "a port number from 0 (any free one) to 65535",
            Parsers.wholeNumber(0, 65_535));
    static final Setting<Integer> PROBE_PORT = Setting.withoutDefault(
            ProbeEndpoint.SETTING, "a port number from 1 to 65535", Parsers.wholeNumber(1, 65_535));
    public static final Setting<Path> CERTIFICATE = Setting.withoutDefault(
            HttpNames.PROCESSOR.certificate(),
            "the path of a PEM certificate chain, or of a PKCS#12 key store",
            Parsers::path);
    static final Setting<Path> KEY =
            Setting.withoutDefault(HttpNames.PROCESSOR.key(), "the path of a PEM private key (PKCS#8)", Parsers::path);
    static final Setting<Path> PASSWORD = Setting.withoutDefault(
            HttpNames.PROCESSOR.password(),
            "the path of a file with the password of the key store or of the private key",
            Parsers::path);
    public static final Setting<Path> TOKEN = Setting.withoutDefault(
            HttpNames.PROCESSOR.token(), "the path of a file with one line of at least 16 characters", Parsers::path);
    static final Setting<Boolean> OPEN = Setting.ofFlag("keyward.http.open", "false");

    static final List<Setting<?>> ALL = List.of(HOST, PORT, PROBE_PORT, CERTIFICATE, KEY, PASSWORD, TOKEN, OPEN);

    static HttpSettings from(ConfigReader reader) {
        HttpSettings http = new HttpSettings(
                reader.value(HOST),
                reader.value(PORT),
                reader.optional(PROBE_PORT),
                new HttpFiles(
                        reader.optional(CERTIFICATE),
                        reader.optional(KEY),
                        reader.optional(PASSWORD),
                        reader.optional(TOKEN)),
                reader.value(OPEN));
        http.problems().forEach(reader::refuse);
        return http;
    }

    void describe(Map<String, String> lines) {
        HOST.describe(host, lines);
        PORT.describe(port, lines);
        PROBE_PORT.describe(probePort, lines);
        CERTIFICATE.describe(files.certificate(), lines);
        KEY.describe(files.key(), lines);
        PASSWORD.describe(files.password(), lines);
        TOKEN.describe(files.token(), lines);
        OPEN.describe(open, lines);
    }

    /// Why the endpoint would be unsafe; empty if it is not.
    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (isReachableByOthers() && files.token().isEmpty() && !open) {
            problems.add(
                    "%s = %s: whoever reaches this address could read metrics, health and the topology. Set %s to require a token, and %s to encrypt it on the network; or %s = true where something else, such as a network policy, restricts access."
                            .formatted(HOST.key(), host, TOKEN.key(), CERTIFICATE.key(), OPEN.key()));
        }
        if (files.certificate().isEmpty()
                && (files.key().isPresent() || files.password().isPresent())) {
            problems.add("%s is missing: %s and %s only go with it."
                    .formatted(CERTIFICATE.key(), KEY.key(), PASSWORD.key()));
        }
        return problems;
    }

    /// How the endpoint is served. It only reads, so that requests have no body.
    public HttpOptions options() {
        return new HttpOptions(host, port, files, HttpNames.PROCESSOR, 0);
    }

    public boolean sendsTokenInClear() {
        return files.token().isPresent() && files.certificate().isEmpty() && !open && isReachableByOthers();
    }

    /// A host that cannot be resolved is not reachable; opening the endpoint reports it.
    private boolean isReachableByOthers() {
        try {
            return !InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
