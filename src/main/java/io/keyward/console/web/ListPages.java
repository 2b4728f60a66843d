package io.keyward.console.web;

import io.keyward.console.answer.DeadlineList;
import io.keyward.console.answer.EnvironmentList;
import io.keyward.console.answer.Overview;
import io.keyward.console.answer.Questions;
import io.keyward.console.api.Parameters;
import io.keyward.console.replica.EnvironmentQuery;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.WarningCode;
import io.keyward.ops.http.EndpointResponse;
import java.util.Optional;

/// The pages with lists.
final class ListPages {
    private static final int ROWS = 50;

    private final PageMaker maker;
    private final Questions questions;

    ListPages(PageMaker maker, Questions questions) {
        this.maker = maker;
        this.questions = questions;
    }

    EndpointResponse overview(ReplicaView view, Parameters asked) {
        Overview answer = questions.overview(view);
        return maker.page(
                "overview",
                maker.head("Overview", "/", answer.extent()),
                "answer",
                answer,
                "states",
                new StateCounts(answer.states()));
    }

    EndpointResponse environments(ReplicaView view, Parameters asked) {
        return found(view, asked, "environments", "Environments");
    }

    EndpointResponse search(ReplicaView view, Parameters asked) {
        return found(view, asked, "search", "Find an environment");
    }

    private EndpointResponse found(ReplicaView view, Parameters asked, String page, String title) {
        EnvironmentQuery query = new EnvironmentQuery(
                asked.optionalTenant(),
                asked.constant("state", EncryptionState.class),
                asked.constant("status", PolicyStatus.class),
                asked.constant("warning", WarningCode.class),
                Optional.empty(),
                asked.text("q"),
                asked.text("after"),
                ROWS);
        EnvironmentList answer = questions.environments(view, query);
        return maker.page(
                page,
                maker.head(title, "/environments", answer.extent()),
                "answer",
                answer,
                "filter",
                EnvironmentFilter.of("/" + page, asked.request()));
    }

    EndpointResponse restore(ReplicaView view, Parameters asked) {
        EnvironmentQuery query = new EnvironmentQuery(
                Optional.empty(),
                Optional.of(EncryptionState.RECOVERABLE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                asked.text("after"),
                ROWS);
        EnvironmentList answer = questions.environments(view, query);
        return maker.page(
                "restore",
                maker.head("After a restore", "/after-a-restore", answer.extent()),
                "answer",
                answer,
                "filter",
                EnvironmentFilter.of("/after-a-restore", asked.request()));
    }

    EndpointResponse deadlines(ReplicaView view, Parameters asked) {
        DeadlineList answer = questions.deadlines(
                view,
                asked.optionalTenant(),
                maker.now(),
                asked.time("before").orElse(Questions.END_OF_TIME),
                asked.text("after"),
                ROWS);
        return maker.page(
                "deadlines",
                maker.head("Deadlines", "/deadlines", answer.extent()),
                "answer",
                answer,
                "filter",
                DeadlineFilter.of(asked.request()));
    }
}
