package io.keyward.console.web;

import io.keyward.console.answer.Questions;
import io.keyward.console.api.Views;
import io.keyward.ops.http.Endpoint;
import java.time.InstantSource;
import java.util.List;

/// The pages of the console.
public final class ConsolePages {
    private ConsolePages() {}

    /// Every page, and the files that the pages need.
    ///
    /// @param views opens what the answers come from
    /// @param clock tells how far away a date is
    public static List<Endpoint> endpoints(Views views, Questions questions, InstantSource clock) {
        PageMaker maker = new PageMaker(views, clock);
        ListPages lists = new ListPages(maker, questions);
        SubjectPages subjects = new SubjectPages(maker, questions);
        WhatIfPage whatIf = new WhatIfPage(maker, questions);
        return List.of(
                new PageEndpoint("/", "overview", maker.answering(lists::overview)),
                new PageEndpoint("/search", "find an environment", maker.answering(lists::search)),
                new PageEndpoint("/environments", "environments, filtered", maker.answering(lists::environments)),
                new PageEndpoint("/deadlines", "what falls due", maker.answering(lists::deadlines)),
                new PageEndpoint(
                        "/after-a-restore", "what to do once a key is usable again", maker.answering(lists::restore)),
                new PageEndpoint("/tenants/{tenant}", "a tenant", maker.answering(subjects::tenant)),
                new PageEndpoint(
                        "/tenants/{tenant}/environments/{environment}",
                        "an environment, and why it was decided so",
                        maker.answering(subjects::environment)),
                new PageEndpoint(
                        "/tenants/{tenant}/keys/{vault}/{key}",
                        "a key, who depends on it, and whether it may be disabled",
                        maker.answering(subjects::key)),
                new PageEndpoint(
                        "/whatif", "what would be decided if something happened", maker.answering(whatIf::guided)),
                new PageEndpoint("POST", "/whatif", "the same for event lines", maker.answering(whatIf::lines)),
                new Assets(),
                Assets.icon());
    }
}
