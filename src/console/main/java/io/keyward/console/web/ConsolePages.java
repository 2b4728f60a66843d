package io.keyward.console.web;

import io.keyward.config.VaultLink;
import io.keyward.console.answer.Questions;
import io.keyward.console.api.Route;
import io.keyward.console.api.Views;
import io.keyward.ops.http.Endpoint;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The pages of the console.
public final class ConsolePages {
    private ConsolePages() {}

    /// Every page, and the files that the pages need.
    ///
    /// @param views opens what the answers come from
    /// @param clock tells how far away a date is
    /// @param portal where the pages lead from a key to its vault
    public static List<Endpoint> endpoints(
            Views views, Questions questions, InstantSource clock, Optional<VaultLink> portal) {
        PageMaker maker = new PageMaker(views, clock, portal);
        ListPages lists = new ListPages(maker, questions);
        SearchPage search = new SearchPage(maker, questions);
        SubjectPages subjects = new SubjectPages(maker, questions);
        WhatIfPage whatIf = new WhatIfPage(maker, questions);
        return List.of(
                new OverviewEndpoint(maker, lists),
                new Route("/search", "find what a text may mean", maker.answering(search::results)),
                new Route("/search/options", "the same while it is typed", maker.answering(search::options)),
                new Route("/environments", "environments, filtered", maker.answering(lists::environments)),
                new Route("/deadlines", "what falls due", maker.answering(lists::deadlines)),
                new Route("/locked", "keys that lock environments", maker.answering(lists::lockedKeys)),
                new Route("/locked/environments", "locked environments", maker.answering(lists::locked)),
                new Route("/after-a-restore", "what to do once a key is usable again", maker.answering(lists::restore)),
                new Route("/keys", "keys, filtered", maker.answering(lists::keys)),
                new Route("/tenants", "tenants", maker.answering(lists::tenants)),
                new Route("/tenants/{tenant}", "a tenant", maker.answering(subjects::tenant)),
                new Route(
                        "/tenants/{tenant}/environments/{environment}",
                        "an environment, and why it was decided so",
                        maker.answering(subjects::environment)),
                new Route(
                        "/tenants/{tenant}/keys/{vault}/{key}",
                        "a key, who depends on it, and whether it may be disabled",
                        maker.answering(subjects::key)),
                new Route("/whatif", "what would be decided if something happened", maker.answering(whatIf::guided)),
                new Route("POST", "/whatif", "the same for event lines", maker.answering(whatIf::lines)),
                new Route("/assets/{hash}/{file}", "style sheets and scripts of the pages", Assets::reply)
                        .forEverybody(),
                Assets.icon());
    }
}
