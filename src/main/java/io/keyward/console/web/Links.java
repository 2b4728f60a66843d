package io.keyward.console.web;

import io.keyward.console.answer.NamedKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The addresses of the pages. Identifiers are foreign text: each is percent-encoded as one segment or one value.
final class Links {
    private Links() {}

    static String tenant(String tenant) {
        return "/tenants/" + encoded(tenant);
    }

    static String environment(String tenant, String environment) {
        return tenant(tenant) + "/environments/" + encoded(environment);
    }

    static String key(String tenant, NamedKey key) {
        return tenant(tenant) + "/keys/" + encoded(key.vault()) + "/" + encoded(key.keyName());
    }

    /// A path with a query of those parameters that have a value.
    ///
    /// @param parameters names and values in turn
    static String to(String path, String... parameters) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            if (!parameters[i + 1].isEmpty()) {
                given.put(parameters[i], parameters[i + 1]);
            }
        }
        return given.isEmpty()
                ? path
                : given.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                        .collect(Collectors.joining("&", path + "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
