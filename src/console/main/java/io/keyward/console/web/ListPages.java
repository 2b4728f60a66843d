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

    EndpointResponse overview(ViewRequest request) {
        Overview answer = request.questions().overview(request.view());
        return maker.page("overview", "Overview", "/", answer, Map.of());
    }

    EndpointResponse environments(ViewRequest request) {
        EnvironmentList answer = request.environments(Optional.empty(), ROWS);
        PageRequest filter = filter("/environments", request);
        return maker.page("environments", "Environments", filter.path(), answer, Map.of("filter", filter));
    }

    EndpointResponse restore(ViewRequest request) {
        EnvironmentQuery query =
                EnvironmentQuery.all(ROWS).inState(EncryptionState.RECOVERABLE).after(request.text("after"));
        EnvironmentList answer = request.questions().environments(request.view(), query);
        PageRequest filter = filter("/after-a-restore", request);
        return maker.page("restore", "After a restore", filter.path(), answer, Map.of("filter", filter));
    }

    EndpointResponse keys(ViewRequest request) {
        PageRequest filter = new PageRequest("/keys", request.request(), List.of("tenant", "vault", "standing"));
        Map<String, Object> more = Map.of("filter", filter, "portal", maker.portal());
        return maker.page("keys", "Keys", filter.path(), request.keys(ROWS), more);
    }

    EndpointResponse tenants(ViewRequest request) {
        PageRequest filter = new PageRequest("/tenants", request.request(), List.of("state"));
        return maker.page("tenants", "Tenants", filter.path(), request.tenants(ROWS), Map.of("filter", filter));
    }

    private static PageRequest filter(String path, ViewRequest request) {
        return new PageRequest(path, request.request(), List.of("q", "state", "status", "warning", "tenant"));
    }

    EndpointResponse deadlines(ViewRequest request) {
        Range range = request.constant("range", Range.class).orElse(Range.WEEK);
        Instant before = range.before(maker.now());
        DeadlineList answer = request.deadlines(maker.now(), before, ROWS);
        PageRequest filter = new PageRequest("/deadlines", request.request(), List.of("kind", "range", "tenant"));
        PageRequest tables = new PageRequest("/api/v1/deadlines.csv", request.request(), List.of("kind", "tenant"));
        String table = Links.to(tables.on(tables.path()), "before", before.toString());
        Map<String, Object> more = Map.of("filter", filter, "range", range, "table", table);
        return maker.page("deadlines", "Deadlines", filter.path(), answer, more);
    }

    EndpointResponse lockedKeys(ViewRequest request) {
        PageRequest filter = new PageRequest("/locked", request.request(), List.of("tenant"));
        return maker.page("locked", "Locked", filter.path(), request.lockedKeys(KEYS), Map.of("filter", filter));
    }

    EndpointResponse locked(ViewRequest request) {
        PageRequest filter = new PageRequest("/locked/environments", request.request(), List.of("tenant", "key"));
        Map<String, Object> more = Map.of("filter", filter);
        return maker.page("lockedlist", "Locked environments", "/locked", request.locked(ROWS), more);
    }
}
