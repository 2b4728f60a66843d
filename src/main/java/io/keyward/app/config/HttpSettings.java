package io.keyward.app.config;

import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.HttpNames;
import io.keyward.ops.http.HttpOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where an HTTP endpoint listens, and how access to it is restricted.
///
/// @param definitions the settings that these values are of
/// @param port TCP port; 0 picks a free one
/// @param probePort an additional TCP port for health probes; empty for none
/// @param open whether everybody who reaches the address may read everything, because something else controls
///     access; also where the definitions know no token
public record HttpSettings(
        HttpDefinitions definitions,
        String host,
        int port,
        Optional<Integer> probePort,
        HttpFiles files,
        boolean open) {

    static HttpSettings from(HttpDefinitions definitions, ConfigReader reader) {
        HttpSettings http = new HttpSettings(
                definitions,
                reader.value(definitions.host()),
                reader.value(definitions.port()),
                definitions.probePort().flatMap(reader::optional),
                new HttpFiles(
                        reader.optional(definitions.certificate()),
                        reader.optional(definitions.key()),
                        reader.optional(definitions.password()),
                        definitions.token().flatMap(reader::optional)),
                definitions.open().map(reader::value).orElse(true));
        http.problems().forEach(reader::refuse);
        return http;
    }

    void describe(Map<String, String> lines) {
        definitions.host().describe(host, lines);
        definitions.port().describe(port, lines);
        definitions.probePort().ifPresent(setting -> setting.describe(probePort, lines));
        definitions.certificate().describe(files.certificate(), lines);
        definitions.key().describe(files.key(), lines);
        definitions.password().describe(files.password(), lines);
        definitions.token().ifPresent(setting -> setting.describe(files.token(), lines));
        definitions.open().ifPresent(setting -> setting.describe(open, lines));
    }

    /// Why the endpoint would be unsafe; empty if it is not.
    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (isReachableByOthers() && files.token().isEmpty() && !open) {
            problems.add(
                    "%s = %s: whoever reaches this address could read %s. Set %s to require a token, and %s to encrypt it on the network; or %s = true where something else, such as a network policy, restricts access."
                            .formatted(
                                    definitions.host().key(),
                                    host,
                                    definitions.readable(),
                                    definitions.names().token(),
                                    definitions.certificate().key(),
                                    definitions.names().open()));
        }
        if (files.certificate().isEmpty()
                && (files.key().isPresent() || files.password().isPresent())) {
            problems.add("%s is missing: %s and %s only go with it."
                    .formatted(
                            definitions.certificate().key(),
                            definitions.key().key(),
                            definitions.password().key()));
        }
        return problems;
    }

    /// How the endpoint is served.
    ///
    /// @param largestBody the maximum size of a request's body in bytes
    public HttpOptions options(int largestBody) {
        return new HttpOptions(host, port, files, definitions.names(), largestBody);
    }

    /// How probes are served; empty if they have no port of their own.
    public Optional<HttpOptions> probeOptions() {
        return probePort.map(own -> new HttpOptions(host, own, HttpFiles.NONE, HttpNames.PROBES, 0));
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
