package io.keyward.config;

import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.HttpNames;
import io.keyward.ops.http.HttpOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where an HTTP endpoint listens, and how access to it is restricted.
///
/// @param port TCP port; 0 picks a free one
/// @param probePort an additional TCP port for health probes; empty for none
/// @param open whether anyone who reaches the address may read everything, because something else controls access;
///     also true if there is no setting for a token
public record HttpSettings(
        HttpNames names, String host, int port, Optional<Integer> probePort, HttpFiles files, boolean open) {
    static HttpSettings from(HttpDefinitions definitions, Configured values) {
        return new HttpSettings(
                definitions.names(),
                values.value(definitions.host()),
                values.value(definitions.port()),
                values.find(definitions.probePort()),
                new HttpFiles(
                        values.find(definitions.certificate()),
                        values.find(definitions.key()),
                        values.find(definitions.password()),
                        values.find(definitions.token())),
                values.find(definitions.open()).orElse(true));
    }

    /// Why the endpoint would be unsafe; empty if it is safe.
    ///
    /// @param readable what anyone who reaches the endpoint could read
    /// @param othersLogIn whether clients can authenticate by other means than the token
    List<String> problems(String readable, boolean othersLogIn) {
        List<String> problems = new ArrayList<>();
        if (isReachableByOthers() && files.token().isEmpty() && !othersLogIn && !open) {
            problems.add(
                    "%s = %s: anyone who reaches this address could read %s. Set %s to require a token, and %s to encrypt it on the network; or set %s = true if something else, such as a network policy, restricts access."
                            .formatted(names.host(), host, readable, names.token(), names.certificate(), names.open()));
        }
        if (files.certificate().isEmpty()
                && (files.key().isPresent() || files.password().isPresent())) {
            problems.add("%s is missing: %s and %s have no effect without it."
                    .formatted(names.certificate(), names.key(), names.password()));
        }
        return problems;
    }

    /// The options of the endpoint.
    ///
    /// @param largestBody the maximum size of a request's body in bytes
    public HttpOptions options(int largestBody) {
        return new HttpOptions(host, port, files, names, largestBody);
    }

    /// The options of the probe endpoint; empty if probes have no port of their own.
    public Optional<HttpOptions> probeOptions() {
        return probePort.map(own -> new HttpOptions(host, own, HttpFiles.NONE, HttpNames.PROBES, 0));
    }

    public boolean sendsTokenInClear() {
        return files.token().isPresent() && files.certificate().isEmpty() && !open && isReachableByOthers();
    }

    /// A host that cannot be resolved counts as unreachable; opening the endpoint reports it.
    private boolean isReachableByOthers() {
        try {
            return !InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
