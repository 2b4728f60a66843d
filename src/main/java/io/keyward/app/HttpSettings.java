package io.keyward.app;

import io.keyward.ops.HttpFiles;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// Where metrics and health are served, and what closes them to strangers.
///
/// @param port TCP port; 0 picks a free one
/// @param open whether whoever reaches the address may read everything, because something else decides who does
public record HttpSettings(String host, int port, HttpFiles files, boolean open) {
    /// What makes an endpoint that nobody should open; empty if all is well.
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (isReachableByOthers() && files.token().isEmpty() && !open) {
            problems.add(
                    "%s = %s: whoever reaches this address could read metrics, health and the topology. Set %s to let in who shows a token, and %s so that nobody reads it on the way; or %s = true where something else, such as a network policy, decides who reaches it."
                            .formatted(
                                    Settings.HTTP_HOST.key(),
                                    host,
                                    HttpFiles.TOKEN,
                                    HttpFiles.CERTIFICATE,
                                    Settings.HTTP_OPEN.key()));
        }
        if (files.certificate().isEmpty()
                && (files.key().isPresent() || files.password().isPresent())) {
            problems.add("%s is missing: %s and %s only go with it."
                    .formatted(HttpFiles.CERTIFICATE, HttpFiles.KEY, HttpFiles.PASSWORD));
        }
        return problems;
    }

    /// Whether the token would travel where others may listen.
    boolean showsTokenOnTheWay() {
        return files.token().isPresent() && files.certificate().isEmpty() && !open && isReachableByOthers();
    }

    /// A host that cannot be found is no address that anybody reaches; the endpoint says so when it opens.
    private boolean isReachableByOthers() {
        try {
            return !InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
