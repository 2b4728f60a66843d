package io.keyward.console.web;

import io.keyward.console.answer.SearchAnswer;
import io.keyward.console.api.ViewRequest;
import io.keyward.ops.http.EndpointResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The page of what a text may mean, and the list that a field shows while the text is typed.
record SearchPage(PageMaker maker) {
    private static final int RESULTS = 20;
    private static final int OPTIONS = 4;
    private static final int OPTIONS_OF_A_KIND = 10;

    /// If the text is the whole name of one thing only, the answer leads to its page.
    EndpointResponse results(ViewRequest asked) {
        PageRequest filter = new PageRequest("/search", asked.request(), List.of("q"));
        SearchAnswer answer = search(asked, RESULTS);
        Map<String, Object> more = Map.of("filter", filter, "found", SearchHit.of(answer.hits()));
        Optional<String> only = answer.only().map(Links::found);
        return only.isPresent()
                ? new EndpointResponse(303, "text/plain; charset=utf-8", "").with("Location", only.get())
                : maker.page("search", "Search", "/environments", answer, more);
    }

    /// A part of a page.
    EndpointResponse options(ViewRequest asked) {
        SearchAnswer answer = search(asked, asked.text("kind").isPresent() ? OPTIONS_OF_A_KIND : OPTIONS);
        return maker.part(200, "options", Map.of("found", SearchHit.of(answer.hits())));
    }

    private SearchAnswer search(ViewRequest asked, int most) {
        return asked.text("q")
                .map(text -> asked.search(text, most))
                .orElseGet(() -> new SearchAnswer(List.of(), false, asked.view().freshness()));
    }
}
