package io.keyward.console.web;

import io.keyward.console.answer.DeadlineList;
import io.keyward.console.answer.EnvironmentList;
import io.keyward.console.answer.KeyList;
import io.keyward.console.answer.LockedKeyList;
import io.keyward.console.answer.Overview;
import io.keyward.console.answer.Questions;
import io.keyward.console.answer.TenantList;
import io.keyward.console.api.Parameters;
import io.keyward.console.replica.DueDate;
import io.keyward.console.replica.DueQuery;
import io.keyward.console.replica.EnvironmentQuery;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.ops.http.EndpointResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The pages with lists.
record ListPages(PageMaker maker, Questions questions) {
    private static final int ROWS = 50;
    private static final int KEYS = 25;

    EndpointResponse overview(ReplicaView view, Parameters asked) {
        Overview answer = questions.overview(view);
        return maker.page("overview", "Overview", "/", answer, Map.of("states", new StateCounts(answer.states())));
    }

    EndpointResponse environments(ReplicaView view, Parameters asked) {
        EnvironmentList answer = questions.environments(view, asked.environments(view, questions, ROWS));
        AskedPage filter = filter("/environments", asked);
        return maker.page("environments", "Environments", filter.path(), answer, Map.of("filter", filter));
    }

    EndpointResponse restore(ReplicaView view, Parameters asked) {
        EnvironmentQuery query =
                EnvironmentQuery.all(ROWS).inState(EncryptionState.RECOVERABLE).after(asked.text("after"));
        EnvironmentList answer = questions.environments(view, query);
        AskedPage filter = filter("/after-a-restore", asked);
        return maker.page("restore", "After a restore", filter.path(), answer, Map.of("filter", filter));
    }

    EndpointResponse keys(ReplicaView view, Parameters asked) {
        KeyList answer = questions.keys(view, asked.keys(view, questions, ROWS));
        AskedPage filter = new AskedPage("/keys", asked.request(), List.of("tenant", "vault", "standing"));
        return maker.page("keys", "Keys", filter.path(), answer, Map.of("filter", filter, "portal", maker.portal()));
    }

    EndpointResponse tenants(ReplicaView view, Parameters asked) {
        TenantList answer =
                questions.tenants(view, asked.constant("state", EncryptionState.class), asked.text("after"), ROWS);
        AskedPage filter = new AskedPage("/tenants", asked.request(), List.of("state"));
        return maker.page("tenants", "Tenants", filter.path(), answer, Map.of("filter", filter));
    }

    private static AskedPage filter(String path, Parameters asked) {
        return new AskedPage(path, asked.request(), List.of("q", "state", "status", "warning", "tenant"));
    }

    EndpointResponse deadlines(ReplicaView view, Parameters asked) {
        Range range = asked.constant("range", Range.class).orElse(Range.WEEK);
        Instant before = range.before(maker.now());
        DeadlineList answer = questions.deadlines(
                view,
                new DueQuery(
                        asked.optionalTenant(view, questions),
                        asked.constant("kind", DueDate.Kind.class),
                        maker.now(),
                        before,
                        asked.text("after"),
                        ROWS));
        AskedPage filter = new AskedPage("/deadlines", asked.request(), List.of("kind", "range", "tenant"));
        AskedPage tables = new AskedPage("/api/v1/deadlines.csv", asked.request(), List.of("kind", "tenant"));
        String table = Links.to(tables.on(tables.path()), "before", before.toString());
        Map<String, Object> more = Map.of("filter", filter, "range", range, "table", table);
        return maker.page("deadlines", "Deadlines", filter.path(), answer, more);
    }

    EndpointResponse lockedKeys(ReplicaView view, Parameters asked) {
        AskedPage filter = new AskedPage("/locked", asked.request(), List.of("tenant"));
        LockedKeyList answer =
                questions.lockedKeys(view, asked.optionalTenant(view, questions), asked.text("after"), KEYS);
        return maker.page("locked", "Locked", filter.path(), answer, Map.of("filter", filter));
    }

    EndpointResponse locked(ReplicaView view, Parameters asked) {
        AskedPage filter = new AskedPage("/locked/environments", asked.request(), List.of("tenant", "key"));
        EnvironmentList answer = questions.locked(
                view, asked.optionalTenant(view, questions), asked.keyOfTenant(), asked.text("after"), ROWS);
        return maker.page("lockedlist", "Locked environments", "/locked", answer, Map.of("filter", filter));
    }
}
