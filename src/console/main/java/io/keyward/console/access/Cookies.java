package io.keyward.console.access;

import io.keyward.ops.http.EndpointRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// A cookie that browsers send only to the console, only over TLS (or to this machine), and that
/// scripts cannot read.
record Cookies(String name) {
    /// Browsers accept a cookie with the prefix `__Host-` only from this host, over TLS and for the path `/`.
    static final Cookies SESSION = new Cookies("__Host-keyward");

    static final Cookies LOGIN = new Cookies("__Host-keyward-login");

    Optional<String> in(EndpointRequest request) {
        return Arrays.stream(request.header("cookie").orElse("").split("[;,]"))
                .map(pair -> pair.strip().split("=", 2))
                .filter(pair -> pair.length == 2 && pair[0].equals(name))
                .map(pair -> pair[1])
                .findFirst();
    }

    /// `SameSite=Lax`: with `Strict`, a link from another site would ask for a login each time.
    String with(String value, Duration lifetime) {
        return "%s=%s; Path=/; Max-Age=%d; Secure; HttpOnly; SameSite=Lax".formatted(name, value, lifetime.toSeconds());
    }

    String gone() {
        return with("", Duration.ZERO);
    }
}
