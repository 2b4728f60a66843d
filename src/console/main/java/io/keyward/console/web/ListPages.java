package io.keyward.console.web;

import io.keyward.console.answer.DeadlineList;
import io.keyward.console.answer.EnvironmentList;
import io.keyward.console.answer.Overview;
import io.keyward.console.api.ViewRequest;
import io.keyward.console.replica.EnvironmentQuery;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.ops.http.EndpointResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pages with lists.
record ListPages(PageMaker maker) {
    private static final int ROWS = 50;
    private static final int KEYS = 25;

    EndpointResponse overview(ViewRequest asked) {
        Overview answer = asked.questions().overview(asked.view());
        return maker.page("overview", "Overview", "/", answer, Map.of());
    }

    EndpointResponse environments(ViewRequest asked) {
        EnvironmentList answer = asked.environments(Optional.empty(), ROWS);
        PageRequest filter = filter("/environments", asked);
        return maker.page("environments", "Environments", filter.path(), answer, Map.of("filter", filter));
    }

    EndpointResponse restore(ViewRequest asked) {
        EnvironmentQuery query =
                EnvironmentQuery.all(ROWS).inState(EncryptionState.RECOVERABLE).after(asked.text("after"));
        EnvironmentList answer = asked.questions().environments(asked.view(), query);
        PageRequest filter = filter("/after-a-restore", asked);
        return maker.page("restore", "After a restore", filter.path(), answer, Map.of("filter", filter));
    }

    EndpointResponse keys(ViewRequest asked) {
        PageRequest filter = new PageRequest("/keys", asked.request(), List.of("tenant", "vault", "standing"));
        Map<String, Object> more = Map.of("filter", filter, "portal", maker.portal());
        return maker.page("keys", "Keys", filter.path(), asked.keys(ROWS), more);
    }

    EndpointResponse tenants(ViewRequest asked) {
        PageRequest filter = new PageRequest("/tenants", asked.request(), List.of("state"));
        return maker.page("tenants", "Tenants", filter.path(), asked.tenants(ROWS), Map.of("filter", filter));
    }

    private static PageRequest filter(String path, ViewRequest asked) {
        return new PageRequest(path, asked.request(), List.of("q", "state", "status", "warning", "tenant"));
    }

    EndpointResponse deadlines(ViewRequest asked) {
        Range range = asked.constant("range", Range.class).orElse(Range.WEEK);
        Instant before = range.before(maker.now());
        DeadlineList answer = asked.deadlines(maker.now(), before, ROWS);
        PageRequest filter = new PageRequest("/deadlines", asked.request(), List.of("kind", "range", "tenant"));
        PageRequest tables = new PageRequest("/api/v1/deadlines.csv", asked.request(), List.of("kind", "tenant"));
        String table = Links.to(tables.on(tables.path()), "before", before.toString());
        Map<String, Object> more = Map.of("filter", filter, "range", range, "table", table);
        return maker.page("deadlines", "Deadlines", filter.path(), answer, more);
    }

    EndpointResponse lockedKeys(ViewRequest asked) {
        PageRequest filter = new PageRequest("/locked", asked.request(), List.of("tenant"));
        return maker.page("locked", "Locked", filter.path(), asked.lockedKeys(KEYS), Map.of("filter", filter));
    }

    EndpointResponse locked(ViewRequest asked) {
        PageRequest filter = new PageRequest("/locked/environments", asked.request(), List.of("tenant", "key"));
        Map<String, Object> more = Map.of("filter", filter);
        return maker.page("lockedlist", "Locked environments", "/locked", asked.locked(ROWS), more);
    }
}
