package io.keyward.console.web;

import io.keyward.config.VaultLink;
import io.keyward.console.answer.Questions;
import io.keyward.console.api.Replies;
import io.keyward.console.api.ViewRequest;
import io.keyward.console.api.Views;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Route;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The pages of the console.
public record ConsolePages(Views views, Questions questions, PageMaker maker) {
    /// Every page, and the files that the pages need.
    ///
    /// @param views opens the views that answers are composed from
    /// @param portal creates links from a key to its vault
    public static List<Route> endpoints(Views views, Questions questions, Optional<VaultLink> portal) {
        return new ConsolePages(views, questions, new PageMaker(questions.clock(), portal)).endpoints();
    }

    private List<Route> endpoints() {
        ListPages lists = new ListPages(maker);
        SearchPage search = new SearchPage(maker);
        SubjectPages subjects = new SubjectPages(maker);
        WhatIfPage whatIf = new WhatIfPage(maker);
        return List.of(
                new Route("/", "overview", answering(lists::overview))
                        .orElsewhere(path -> maker.problem(404, "There is no page " + path + ".")),
                new Route("/search", "search", answering(search::results)),
                new Route("/search/options", "suggestions while a text is typed", answering(search::options)),
                new Route("/environments", "environments, filtered", answering(lists::environments)),
                new Route("/deadlines", "deadlines", answering(lists::deadlines)),
                new Route("/locked", "keys that lock environments", answering(lists::lockedKeys)),
                new Route("/locked/environments", "locked environments", answering(lists::locked)),
                new Route("/after-a-restore", "what to do once a key is usable again", answering(lists::restore)),
                new Route("/keys", "keys, filtered", answering(lists::keys)),
                new Route("/tenants", "tenants", answering(lists::tenants)),
                new Route("/tenants/{tenant}", "a tenant", answering(subjects::tenant)),
                new Route(
                        "/tenants/{tenant}/environments/{environment}",
                        "an environment, and why it was decided so",
                        answering(subjects::environment)),
                new Route(
                        "/tenants/{tenant}/keys/{vault}/{key}",
                        "a key, who depends on it, and whether it may be disabled",
                        answering(subjects::key)),
                new Route("/whatif", "what would be decided if something happened", answering(whatIf::guided)),
                new Route("POST", "/whatif", "the same for event lines", answering(whatIf::lines)),
                new Route("/assets/{hash}/{file}", "style sheets and scripts of the pages", Assets::reply)
                        .forEverybody(),
                Assets.icon());
    }

    /// A page rendered from a view of the replica.
    private Function<EndpointRequest, EndpointResponse> answering(Function<ViewRequest, EndpointResponse> page) {
        return request -> {
            try {
                return Replies.from(
                        views,
                        request,
                        view -> page.apply(new ViewRequest(view, questions, withoutBlanks(request))),
                        maker::problem);
            } catch (BadRequestException bad) {
                return maker.problem(400, bad.getMessage());
            }
        };
    }

    /// Removes parameters without a value: a form sends every field, including blank ones.
    private static EndpointRequest withoutBlanks(EndpointRequest request) {
        String query = Arrays.stream(request.query().split("&", -1))
                .filter(pair -> !pair.matches("[^=]*=?[+]*"))
                .collect(Collectors.joining("&"));
        return request.withQuery(query);
    }
}
