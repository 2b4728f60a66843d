package io.keyward.console.web;

import io.keyward.domain.id.KeyId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The addresses of the pages. Identifiers are foreign text: each is percent-encoded as one segment or one value.
final class Links {
    private Links() {}

    static String tenant(String tenant) {
        return "/tenants/" + encoded(tenant);
    }

    static String environment(String tenant, String environment) {
        return tenant(tenant) + "/environments/" + encoded(environment);
    }

    static String key(String tenant, KeyId key) {
        return tenant(tenant) + "/keys/" + encoded(vault(key)) + "/" + encoded(key.keyName());
    }

    /// The vault as it stands in paths of the console: its host name, with the port if that is not 443.
    static String vault(KeyId key) {
        return key.vaultUri().replaceFirst("^https://", "");
    }

    /// A path with those parameters in its query that have a value.
    ///
    /// @param path perhaps with parameters
    /// @param parameters names and values in turn
    static String to(String path, String... parameters) {
        StringBuilder address = new StringBuilder(path);
        for (int i = 0; i < parameters.length; i += 2) {
            if (!parameters[i + 1].isEmpty()) {
                address.append(address.indexOf("?") < 0 ? '?' : '&')
                        .append(parameters[i])
                        .append('=')
                        .append(encoded(parameters[i + 1]));
            }
        }
        return address.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
