package io.keyward.ops.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes requests to the endpoints and their index, refuses requests from foreign pages, authenticates and
/// authorizes callers, and limits concurrent requests.
final class Router {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final String INDEX = "/";

    private final List<Target> routes;
    private final Gate gate;
    private final ForeignPages pages;
    private final int largestBody;
    private final Semaphore permits;

    /// @param gate authenticates callers
    /// @param largestBody the maximum size of a request's body in bytes
    /// @param maxAtWork the maximum number of concurrent requests
    Router(List<? extends Endpoint> endpoints, Gate gate, ForeignPages pages, int largestBody, int maxAtWork) {
        this.routes = Target.all(endpoints);
        this.gate = gate;
        this.pages = pages;
        this.largestBody = largestBody;
        this.permits = new Semaphore(maxAtWork);
    }

    private record Target(PathTemplate template, Endpoint endpoint) {
        /// The endpoints, most specific path first, and the index unless an endpoint has its path.
        static List<Target> all(List<? extends Endpoint> endpoints) {
            boolean hasIndex =
                    endpoints.stream().anyMatch(endpoint -> endpoint.path().equals(INDEX));
            return Stream.<Endpoint>concat(endpoints.stream(), hasIndex ? Stream.empty() : Stream.of(index(endpoints)))
                    .map(endpoint -> new Target(PathTemplate.of(endpoint.path()), endpoint))
                    .sorted(Comparator.comparing(Target::template, PathTemplate.EXACT_FIRST))
                    .toList();
        }

        private static Route index(List<? extends Endpoint> endpoints) {
            int width = endpoints.stream()
                    .mapToInt(endpoint -> endpoint.path().length())
                    .max()
                    .orElse(0);
            return new Route(
                            INDEX,
                            "this list",
                            _ -> EndpointResponse.text(endpoints.stream()
                                    .map(endpoint ->
                                            ("%-" + width + "s %s\n").formatted(endpoint.path(), endpoint.summary()))
                                    .collect(Collectors.joining("", "Keyward\n\n", ""))))
                    .forUnrestricted();
        }

        Optional<Match> match(RawPath path) {
            return template.match(path.raw(), path.decoded()).map(variables -> new Match(this, variables));
        }

        boolean isRead() {
            return endpoint.method().equals("GET");
        }

        boolean accepts(String method) {
            return endpoint.method().equals(method) || (isRead() && method.equals("HEAD"));
        }

        String allows() {
            return isRead() ? "GET, HEAD" : endpoint.method();
        }
    }

    /// A route that matches the request's path.
    private record Match(Target route, Map<String, String> variables) {}

    /// Answers a request.
    ///
    /// @param request without variables and body
    /// @param body read only if the client may send one to the endpoint
    EndpointResponse reply(EndpointRequest request, InputStream body) {
        try {
            return reply(request, gate.caller(request), matches(request), body);
        } catch (BadRequestException noPath) {
            return EndpointResponse.problem(400, noPath.getMessage());
        }
    }

    private List<Match> matches(EndpointRequest request) {
        RawPath path = RawPath.of(request.path());
        return routes.stream()
                .map(route -> route.match(path))
                .flatMap(Optional::stream)
                .toList();
    }

    private EndpointResponse reply(
            EndpointRequest request, Optional<Caller> caller, List<Match> matches, InputStream body) {
        EndpointRequest identified = request.with(caller.orElse(Caller.UNAUTHENTICATED));
        EndpointResponse response = replyOrProblem(identified, caller.isEmpty(), matches, body);
        Optional<Match> match =
                accepting(request, matches).or(() -> matches.stream().findFirst());
        match.ifPresent(found -> found.route().endpoint().answered(response.status()));
        gate.answered(
                match.map(found -> identified.with(found.variables())).orElse(identified),
                match.map(found -> found.route().endpoint().path()),
                response.status());
        return response;
    }

    private EndpointResponse replyOrProblem(
            EndpointRequest request, boolean isAnonymous, List<Match> matches, InputStream body) {
        try {
            Optional<EndpointResponse> refusal = refusal(request, isAnonymous, matches);
            return refusal.isPresent() ? refusal.get() : replyToAccepted(request, matches, body);
        } catch (BadRequestException unanswerable) {
            return EndpointResponse.problem(400, unanswerable.getMessage());
        } catch (IOException incomplete) {
            // the client may try again after 408, unlike after 400
            return EndpointResponse.problem(408, "The body cannot be read to its end.");
        } catch (RuntimeException defect) {
            LOG.error("{} {} failed", request.method(), request.path(), defect);
            return EndpointResponse.problem(
                    500, request.method() + " " + request.path() + " failed; the log has the failure.");
        }
    }

    /// The response to a page of another site, or to a caller who may not use the endpoint.
    private Optional<EndpointResponse> refusal(EndpointRequest request, boolean isAnonymous, List<Match> matches) {
        boolean acceptsAnyOrigin =
                matches.stream().anyMatch(match -> match.route().endpoint().acceptsAnyOrigin());
        return (acceptsAnyOrigin ? Optional.<EndpointResponse>empty() : pages.refusal(request))
                .or(() -> notForTheCaller(request, isAnonymous, matches));
    }

    private Optional<EndpointResponse> notForTheCaller(
            EndpointRequest request, boolean isAnonymous, List<Match> matches) {
        Optional<Endpoint> endpoint =
                accepting(request, matches).map(match -> match.route().endpoint());
        Access access = endpoint.map(Endpoint::access).orElse(Access.CALLERS);
        boolean mayAsk = access == Access.EVERYBODY
                || (!isAnonymous
                        && (access == Access.CALLERS || !request.caller().isRestricted()));
        return mayAsk
                ? Optional.empty()
                : endpoint.flatMap(Endpoint::replyToDenied)
                        .or(() -> Optional.of(isAnonymous ? gate.demand(request) : notThere(request)));
    }

    private EndpointResponse notThere(EndpointRequest request) {
        return forABrowser(request)
                .orElseGet(() -> EndpointResponse.problem(
                        404, "There is no page " + request.path() + "; the pages are " + paths() + "."));
    }

    private EndpointResponse replyToAccepted(EndpointRequest request, List<Match> matches, InputStream body)
            throws IOException {
        if (matches.isEmpty()) {
            return notThere(request);
        }
        Optional<Match> match = accepting(request, matches);
        if (match.isEmpty()) {
            String allowed = matches.stream()
                    .map(other -> other.route().allows())
                    .distinct()
                    .collect(Collectors.joining(", "));
            return EndpointResponse.problem(
                            405, request.path() + " accepts " + allowed + ", not " + request.method() + ".")
                    .with("Allow", allowed);
        }
        EndpointRequest routed = request.with(match.get().variables());
        try (RequestAdmission admission = match.get().route().endpoint().admit(routed)) {
            return admission.refusal().isPresent()
                    ? admission.refusal().get()
                    : reply(routed, match.get().route(), body);
        }
    }

    private Optional<EndpointResponse> forABrowser(EndpointRequest request) {
        return request.header("accept")
                .filter(accepted -> accepted.contains("text/html"))
                .flatMap(_ -> routes.stream()
                        .map(Target::endpoint)
                        .filter(endpoint -> endpoint.path().equals(INDEX))
                        .findFirst())
                .flatMap(root -> root.replyToUnknownPath(request.path()));
    }

    private EndpointResponse reply(EndpointRequest request, Target route, InputStream body) throws IOException {
        if (route.isRead()) {
            return reply(request, route.endpoint());
        }
        byte[] bytes = read(body);
        return bytes.length > largestBody
                ? EndpointResponse.problem(413, "The body is longer than " + largestBody + " bytes.")
                : reply(request.with(bytes), route.endpoint());
    }

    private byte[] read(InputStream body) throws IOException {
        try {
            return body.readNBytes(largestBody + 1);
        } catch (RuntimeException incomplete) {
            throw new IOException(incomplete); // Jetty throws either kind when the client disconnects
        }
    }

    private EndpointResponse reply(EndpointRequest request, Endpoint endpoint) {
        if (!permits.tryAcquire()) {
            return EndpointResponse.problem(503, "Too many requests at the same time; try again in a second.")
                    .with("Retry-After", "1");
        }
        try {
            return endpoint.reply(request);
        } finally {
            permits.release();
        }
    }

    private static Optional<Match> accepting(EndpointRequest request, List<Match> matches) {
        return matches.stream()
                .filter(match -> match.route().accepts(request.method()))
                .findFirst();
    }

    private String paths() {
        return routes.stream()
                .map(route -> route.endpoint().path())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
