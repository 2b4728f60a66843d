package io.keyward.ops.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes requests to the pages and their index, checks the token, and limits concurrent requests.
final class Router {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final int MAX_AT_WORK = 32;

    private final Map<String, Endpoint> pages = new LinkedHashMap<>();
    private final Optional<BearerToken> token;
    private final Semaphore places;

    /// @param token the token that clients must send; empty if all clients may read
    Router(List<Endpoint> pages, Optional<BearerToken> token) {
        this(pages, token, MAX_AT_WORK);
    }

    Router(List<Endpoint> pages, Optional<BearerToken> token, int maxAtWork) {
        pages.forEach(page -> this.pages.put(page.path(), page));
        this.token = token;
        this.places = new Semaphore(maxAtWork);
    }

    EndpointResponse reply(String method, EndpointRequest request) {
        if (!METHODS.contains(method)) {
            return EndpointResponse.problem(405, "The pages are read-only: use GET or HEAD instead of " + method + ".")
                    .with("Allow", "GET, HEAD");
        }
        if (!places.tryAcquire()) {
            return EndpointResponse.problem(503, "Too many requests at the same time; try again in a second.");
        }
        try {
            return isStranger(request) ? replyToStranger(request) : reply(request);
        } catch (RuntimeException defect) {
            LOG.error("The page {} failed", request.path(), defect);
            return EndpointResponse.problem(500, "The page " + request.path() + " failed; the log has the failure.");
        } finally {
            places.release();
        }
    }

    private EndpointResponse reply(EndpointRequest request) {
        if (request.path().equals("/")) {
            return EndpointResponse.text(index());
        }
        Endpoint page = pages.get(request.path());
        return page == null
                ? EndpointResponse.problem(
                        404,
                        "There is no page " + request.path() + "; the pages are /, " + String.join(", ", pages.keySet())
                                + ".")
                : page.reply(request);
    }

    private boolean isStranger(EndpointRequest request) {
        return token.isPresent()
                && request.authorization().filter(token.get()::isShownBy).isEmpty();
    }

    private EndpointResponse replyToStranger(EndpointRequest request) {
        return Optional.ofNullable(pages.get(request.path()))
                .flatMap(Endpoint::replyToStranger)
                .orElseGet(() -> EndpointResponse.problem(
                                401, "Send the token of " + HttpFiles.TOKEN + " as Authorization: Bearer TOKEN.")
                        .with("WWW-Authenticate", "Bearer realm=\"keyward\""));
    }

    private String index() {
        return pages.values().stream()
                .map(page -> String.format("%-15s %s%n", page.path(), page.summary()))
                .collect(Collectors.joining("", "Keyward\n\n", ""));
    }
}
