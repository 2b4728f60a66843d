package io.keyward.console.api;

import io.keyward.console.answer.Answer;
import io.keyward.console.answer.Questions;
import io.keyward.console.replica.EnvironmentQuery;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The routes of the API.
public final class ConsoleApi {
    static final String PREFIX = "/api/v1";
    private static final String ENVIRONMENT = PREFIX + "/environments/{tenant}/{environment}";
    private static final String TENANT = PREFIX + "/tenants/{tenant}";
    private static final String KEY = TENANT + "/keys/{vault}/{key}";

    private final Questions questions;

    private ConsoleApi(Questions questions) {
        this.questions = questions;
    }

    /// The endpoints of the API, its calendar and its description.
    ///
    /// @param views opens what the answers come from
    public static List<Endpoint> endpoints(Views views, Questions questions) {
        ConsoleApi api = new ConsoleApi(questions);
        return List.of(
                new QuestionEndpoint(
                        PREFIX + "/environments",
                        "environments, page by page; parameters tenant, state, status, warning, key, q, after, limit",
                        views,
                        api::environments),
                new QuestionEndpoint(ENVIRONMENT, "an environment, and why it was decided so", views, api::environment),
                new QuestionEndpoint(
                        ENVIRONMENT + "/timeline",
                        "what was published about an environment; parameters before, limit",
                        views,
                        api::timeline),
                new QuestionEndpoint(TENANT, "a tenant: its limit, queue and keys", views, api::tenant),
                new QuestionEndpoint(
                        KEY, "a key and the environments that use it; parameters after, limit", views, api::key),
                new QuestionEndpoint(
                        KEY + "/disable", "whether a key may be disabled; parameters version, at", views, api::disable),
                new WhatIfEndpoint(views, questions),
                new QuestionEndpoint(
                        PREFIX + "/deadlines",
                        "what falls due; parameters from, before, tenant, after, limit",
                        views,
                        api::deadlines),
                new CalendarEndpoint(views, questions),
                new OpenApiEndpoint());
    }

    private Answer environments(ReplicaView view, Parameters asked) {
        asked.accept("tenant", "state", "status", "warning", "key", "q", "after", "limit");
        return questions.environments(
                view,
                new EnvironmentQuery(
                        asked.optionalTenant(),
                        asked.constant("state", EncryptionState.class),
                        asked.constant("status", PolicyStatus.class),
                        asked.constant("warning", WarningCode.class),
                        asked.optionalKey(),
                        asked.text("q"),
                        asked.text("after"),
                        asked.limit()));
    }

    private Answer environment(ReplicaView view, Parameters asked) {
        asked.accept();
        return questions
                .environment(view, asked.tenant(), asked.environment())
                .orElseThrow(() -> unknownEnvironment(asked));
    }

    private Answer timeline(ReplicaView view, Parameters asked) {
        asked.accept("before", "limit");
        return questions
                .timeline(view, asked.tenant(), asked.environment(), asked.text("before"), asked.limit())
                .orElseThrow(() -> unknownEnvironment(asked));
    }

    private Answer tenant(ReplicaView view, Parameters asked) {
        asked.accept();
        return questions.tenant(view, asked.tenant()).orElseThrow(() -> unknownTenant(asked.tenant()));
    }

    private Answer key(ReplicaView view, Parameters asked) {
        asked.accept("after", "limit");
        Optional<EnvironmentId> after = asked.optionalEnvironment("after");
        return questions
                .key(view, asked.tenant(), asked.key(), after, asked.limit())
                .orElseThrow(() -> unknownKey(asked));
    }

    private Answer disable(ReplicaView view, Parameters asked) {
        asked.accept("version", "at");
        KeyReference key = new KeyReference(asked.key(), asked.optionalVersion());
        Instant moment = asked.time("at").orElseGet(questions::now);
        return questions.disable(view, asked.tenant(), key, moment).orElseThrow(() -> unknownKey(asked));
    }

    private Answer deadlines(ReplicaView view, Parameters asked) {
        asked.accept("from", "before", "tenant", "after", "limit");
        return questions.deadlines(
                view,
                asked.optionalTenant(),
                asked.time("from").orElseGet(questions::now),
                asked.time("before").orElse(Questions.END_OF_TIME),
                asked.text("after"),
                asked.limit());
    }

    private static NotFoundException unknownTenant(TenantId tenant) {
        return new NotFoundException(
                "No event has named a tenant '%s'. Ids are case-sensitive; %s/environments?q= finds them by their beginning."
                        .formatted(tenant, PREFIX));
    }

    private static NotFoundException unknownEnvironment(Parameters asked) {
        return new NotFoundException(
                "No event has named an environment '%s' of a tenant '%s'. Ids are case-sensitive; %s/environments?q= finds them by their beginning."
                        .formatted(asked.environment(), asked.tenant(), PREFIX));
    }

    private static NotFoundException unknownKey(Parameters asked) {
        return new NotFoundException(
                "No event of the tenant '%s' has named the key %s; %s/tenants/{tenant} lists the keys of a tenant."
                        .formatted(asked.tenant(), asked.key(), PREFIX));
    }
}
