package io.keyward.console.web;

import io.keyward.console.answer.SearchAnswer;
import io.keyward.console.api.ViewRequest;
import io.keyward.ops.http.EndpointResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The page with search results, and the list that a field shows while a text is typed.
record SearchPage(PageMaker maker) {
    private static final int RESULTS = 20;
    private static final int OPTIONS = 4;
    private static final int OPTIONS_OF_A_KIND = 10;

    /// Redirects to the page of the only exact match, if there is exactly one.
    EndpointResponse results(ViewRequest request) {
        PageRequest filter = new PageRequest("/search", request.request(), List.of("q"));
        SearchAnswer answer = search(request, RESULTS);
        Map<String, Object> more = Map.of("filter", filter, "found", SearchHit.of(answer.hits()));
        Optional<String> only = answer.only().map(Links::found);
        return only.isPresent()
                ? new EndpointResponse(303, "text/plain; charset=utf-8", "").with("Location", only.get())
                : maker.page("search", "Search", "/environments", answer, more);
    }

    /// A fragment of a page.
    EndpointResponse options(ViewRequest request) {
        SearchAnswer answer = search(request, request.text("kind").isPresent() ? OPTIONS_OF_A_KIND : OPTIONS);
        return maker.part(200, "options", Map.of("found", SearchHit.of(answer.hits())));
    }

    private SearchAnswer search(ViewRequest request, int most) {
        return request.text("q")
                .map(text -> request.search(text, most))
                .orElseGet(
                        () -> new SearchAnswer(List.of(), false, request.view().staleness()));
    }
}
