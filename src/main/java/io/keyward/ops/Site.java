package io.keyward.ops;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All pages and an index of them, for those who may read them; only so many are made at a time.
final class Site {
    private static final Logger LOG = LoggerFactory.getLogger(Site.class);
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final int MAX_AT_WORK = 32;

    private final Map<String, Page> pages = new LinkedHashMap<>();
    private final Optional<BearerToken> token;
    private final Semaphore places;

    /// @param token what readers have to show; empty if everybody may read
    Site(List<Page> pages, Optional<BearerToken> token) {
        this(pages, token, MAX_AT_WORK);
    }

    Site(List<Page> pages, Optional<BearerToken> token, int maxAtWork) {
        pages.forEach(page -> this.pages.put(page.path(), page));
        this.token = token;
        this.places = new Semaphore(maxAtWork);
    }

    Reply reply(String method, Request request) {
        if (!METHODS.contains(method)) {
            return Reply.problem(405, "There is nothing to change here: use GET or HEAD instead of " + method + ".")
                    .with("Allow", "GET, HEAD");
        }
        if (!places.tryAcquire()) {
            return Reply.problem(503, "Too many requests at a time; try again in a second.");
        }
        try {
            return isStranger(request) ? replyToStranger(request) : reply(request);
        } catch (RuntimeException defect) {
            LOG.error("The page {} could not be made", request.path(), defect);
            return Reply.problem(500, "The page " + request.path() + " could not be made; the log has the failure.");
        } finally {
            places.release();
        }
    }

    private Reply reply(Request request) {
        if (request.path().equals("/")) {
            return Reply.text(index());
        }
        Page page = pages.get(request.path());
        return page == null
                ? Reply.problem(
                        404,
                        "There is no page " + request.path() + "; there are /, " + String.join(", ", pages.keySet())
                                + ".")
                : page.reply(request);
    }

    private boolean isStranger(Request request) {
        return token.isPresent()
                && request.authorization().filter(token.get()::isShownBy).isEmpty();
    }

    private Reply replyToStranger(Request request) {
        return Optional.ofNullable(pages.get(request.path()))
                .flatMap(Page::replyToStranger)
                .orElseGet(() -> Reply.problem(
                                401, "Send the token of " + HttpFiles.TOKEN + " as Authorization: Bearer TOKEN.")
                        .with("WWW-Authenticate", "Bearer realm=\"keyward\""));
    }

    private String index() {
        return pages.values().stream()
                .map(page -> String.format("%-15s %s%n", page.path(), page.summary()))
                .collect(Collectors.joining("", "Keyward\n\n", ""));
    }
}
