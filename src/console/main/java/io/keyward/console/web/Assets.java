package io.keyward.console.web;

import io.keyward.domain.id.Sha256;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Route;
import io.keyward.topology.contract.YamlResource;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The style sheets, scripts and the icon of the pages. Each address contains a hash of the content, so browsers
/// may cache a file for as long as they like.
final class Assets {
    private static final String FOLDER = "/console/assets/";
    private static final String FOR_A_YEAR = "private, max-age=31536000, immutable";
    private static final String FOR_A_DAY = "private, max-age=86400";
    private static final Map<String, String> TYPES = Map.of(
            "htmx.min.js", "text/javascript; charset=utf-8",
            "pico.min.css", "text/css; charset=utf-8",
            "console.css", "text/css; charset=utf-8",
            "console.js", "text/javascript; charset=utf-8",
            "favicon.ico", "image/x-icon");
    private static final Map<String, Asset> FILES =
            TYPES.keySet().stream().collect(Collectors.toMap(Function.identity(), Assets::read));

    private Assets() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asset(byte[] content, String hash) {}

    /// The address of a file.
    static String address(String name) {
        return "/assets/" + FILES.get(name).hash() + "/" + name;
    }

    static EndpointResponse reply(EndpointRequest request) {
        String name = request.variable("file");
        Asset file = FILES.get(name);
        // The page may come from an instance with another release, whose file has another hash.
        return file == null || !file.hash().equals(request.variable("hash"))
                ? EndpointResponse.problem(404, "There is no such file.")
                : response(name, FOR_A_YEAR);
    }

    /// The icon at the address where browsers look for it.
    static Route icon() {
        return new Route("/favicon.ico", "the icon of the pages", _ -> response("favicon.ico", FOR_A_DAY))
                .forEverybody();
    }

    private static EndpointResponse response(String name, String lifetime) {
        return new EndpointResponse(200, TYPES.get(name), FILES.get(name).content(), Map.of("Cache-Control", lifetime));
    }

    private static Asset read(String name) {
        byte[] content = YamlResource.bytes(FOLDER + name);
        return new Asset(content, HexFormat.of().formatHex(Sha256.of(content), 0, 8));
    }
}
