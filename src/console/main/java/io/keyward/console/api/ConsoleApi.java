package io.keyward.console.api;

import io.keyward.console.answer.Answer;
import io.keyward.console.answer.DisableQuestion;
import io.keyward.console.answer.Questions;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyReference;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.topology.contract.YamlResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// The routes of the API.
public final class ConsoleApi {
    static final String PREFIX = "/api/v1";
    private static final String ENVIRONMENT = PREFIX + "/environments/{tenant}/{environment}";
    private static final String TENANT = PREFIX + "/tenants/{tenant}";
    private static final String KEY = TENANT + "/keys/{vault}/{key}";

    private static final String OF_ENVIRONMENTS =
            "tenantId,environmentId,type,encryptionState,policyStatus,policyId,vaultUri,keyName,"
                    + "keyVersion,enabledSince,lockedSince,expectedDeletionAt,severity,openWarnings,"
                    + "suppressedSinks,causes";

    private final Views views;
    private final Questions questions;

    private ConsoleApi(Views views, Questions questions) {
        this.views = views;
        this.questions = questions;
    }

    /// The endpoints of the API, its calendar and its description.
    ///
    /// @param views opens what the answers come from
    public static List<Endpoint> endpoints(Views views, Questions questions) {
        ConsoleApi api = new ConsoleApi(views, questions);
        return Stream.concat(api.own(), new DueApi(views, questions).endpoints())
                .toList();
    }

    private Stream<Endpoint> own() {
        return Stream.of(
                question(
                        PREFIX + "/environments",
                        "environments, page by page; parameters tenant, state, status, warning, key, q, after, limit",
                        this::environments),
                new CsvTable(PREFIX + "/environments.csv", "environments", OF_ENVIRONMENTS, this::environments)
                        .route(views),
                question(
                        PREFIX + "/search",
                        "what a text may mean: tenants, environments, keys, vaults, policies, warnings; parameters q, kind, limit",
                        this::search),
                question(ENVIRONMENT, "an environment, and why it was decided so", this::environment),
                question(
                        ENVIRONMENT + "/timeline",
                        "what was published about an environment; parameters before, limit",
                        this::timeline),
                question(PREFIX + "/tenants", "tenants, page by page; parameters state, after, limit", this::tenants),
                question(TENANT, "a tenant: its limit, queue and keys", this::tenant),
                question(
                        PREFIX + "/keys",
                        "keys, page by page; parameters tenant, vault, standing, after, limit",
                        this::keys),
                question(KEY, "a key and the environments that use it; parameters after, limit", this::key),
                question(
                        KEY + "/disable",
                        "whether a key may be disabled; parameters version, at, after, limit",
                        this::disable),
                new Route(
                        "POST",
                        PREFIX + "/whatif",
                        "what would be published if the event lines in the body came now; nothing is written",
                        new WhatIfEndpoint(views, questions)::reply),
                description());
    }

    /// The description of the API, `deploy/openapi.json`.
    private static Route description() {
        byte[] description = YamlResource.bytes("/console/openapi.json");
        return new Route(
                "/openapi.json",
                "the description of the API (OpenAPI 3.1)",
                _ -> new EndpointResponse(200, "application/json", description, Map.of()));
    }

    private Route question(String path, String summary, BiFunction<ReplicaView, Parameters, Answer> question) {
        return question(views, path, summary, question);
    }

    static Route question(
            Views views, String path, String summary, BiFunction<ReplicaView, Parameters, ? extends Answer> question) {
        return new Route(
                path,
                summary,
                request -> Replies.from(
                        views,
                        request,
                        view -> EndpointResponse.json(
                                200, AnswerJson.write(question.apply(view, new Parameters(request))))));
    }

    private Answer environments(ReplicaView view, Parameters asked) {
        asked.accept("tenant", "state", "status", "warning", "key", "q", "after", "limit");
        return questions.environments(
                view, asked.environments(view, questions, asked.limit()).ofKey(asked.optionalKey()));
    }

    private Answer search(ReplicaView view, Parameters asked) {
        asked.accept("q", "kind", "limit");
        String text = asked.text("q")
                .orElseThrow(
                        () -> new BadRequestException("The parameter 'q' is missing; expected a text to look for."));
        return questions.search(view, text, asked.kinds(), asked.limit());
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

    private Answer tenants(ReplicaView view, Parameters asked) {
        asked.accept("state", "after", "limit");
        return questions.tenants(
                view, asked.constant("state", EncryptionState.class), asked.text("after"), asked.limit());
    }

    private Answer keys(ReplicaView view, Parameters asked) {
        asked.accept("tenant", "vault", "standing", "after", "limit");
        return questions.keys(view, asked.keys(view, questions, asked.limit()));
    }

    private Answer tenant(ReplicaView view, Parameters asked) {
        asked.accept();
        return questions
                .tenant(view, asked.tenant())
                .orElseThrow(() -> new NotFoundException(
                        questions.whyUnknown(view, asked.tenant()).orElseThrow()));
    }

    private Answer key(ReplicaView view, Parameters asked) {
        asked.accept("after", "limit");
        Optional<EnvironmentId> after = asked.optionalEnvironment("after");
        return questions
                .key(view, asked.tenant(), asked.key(), after, asked.limit())
                .orElseThrow(() -> unknownKey(asked));
    }

    private Answer disable(ReplicaView view, Parameters asked) {
        asked.accept("version", "at", "after", "limit");
        KeyReference key = new KeyReference(asked.key(), asked.optionalVersion());
        Instant moment = asked.time("at").orElseGet(questions::now);
        return questions
                .disable(view, asked.tenant(), new DisableQuestion(key, moment, asked.text("after"), asked.limit()))
                .orElseThrow(() -> unknownKey(asked));
    }

    private static NotFoundException unknownEnvironment(Parameters asked) {
        return new NotFoundException(
                "No event has named an environment '%s' of a tenant '%s'. Ids are case-sensitive; %s/search?q= finds them by any part of their names."
                        .formatted(asked.environment(), asked.tenant(), PREFIX));
    }

    private static NotFoundException unknownKey(Parameters asked) {
        return new NotFoundException(
                "No event of the tenant '%s' has named the key %s; %s/tenants/{tenant} lists the keys of a tenant."
                        .formatted(asked.tenant(), asked.key(), PREFIX));
    }
}
