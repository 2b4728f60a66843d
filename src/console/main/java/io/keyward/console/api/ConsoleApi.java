package io.keyward.console.api;

import io.keyward.console.answer.DeadlineList;
import io.keyward.console.answer.DisableAnswer;
import io.keyward.console.answer.EnvironmentAnswer;
import io.keyward.console.answer.KeyAnswer;
import io.keyward.console.answer.Questions;
import io.keyward.console.answer.SearchAnswer;
import io.keyward.console.answer.TimelineAnswer;
import io.keyward.ops.http.BadRequestException;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Route;
import io.keyward.topology.contract.YamlResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The routes of the API.
public final class ConsoleApi {
    static final String PREFIX = "/api/v1";
    private static final String ENVIRONMENT = "/environments/{tenant}/{environment}";
    private static final String TENANT = "/tenants/{tenant}";
    private static final String KEY = TENANT + "/keys/{vault}/{key}";

    private static final ApiQuestion ENVIRONMENTS = new ApiQuestion(
            "/environments",
            "environments, page by page",
            "tenant, state, status, warning, key, q, after, limit",
            request -> request.environments(request.optionalKey(), request.limit()));
    private static final ApiQuestion DEADLINES = new ApiQuestion(
            "/deadlines", "deadlines", "kind, from, before, tenant, after, limit", ConsoleApi::deadlines);
    private static final ApiQuestion LOCKED = new ApiQuestion(
            "/locked/environments",
            "locked environments",
            "tenant, key, after, limit",
            request -> request.locked(request.limit()));

    private static final List<ApiQuestion> QUESTIONS = List.of(
            ENVIRONMENTS,
            new ApiQuestion(
                    "/search",
                    "search for tenants, environments, keys, vaults, policies, warnings",
                    "q, kind, limit",
                    ConsoleApi::search),
            new ApiQuestion(ENVIRONMENT, "an environment, and why it was decided so", "", ConsoleApi::environment),
            new ApiQuestion(
                    ENVIRONMENT + "/timeline",
                    "what was published about an environment",
                    "before, limit",
                    ConsoleApi::timeline),
            new ApiQuestion(
                    "/tenants",
                    "tenants, page by page",
                    "state, after, limit",
                    request -> request.tenants(request.limit())),
            new ApiQuestion(TENANT, "a tenant: its limit, queue and keys", "", ViewRequest::aboutTenant),
            new ApiQuestion(
                    "/keys",
                    "keys, page by page",
                    "tenant, vault, standing, after, limit",
                    request -> request.keys(request.limit())),
            new ApiQuestion(KEY, "a key and the environments that use it", "after, limit", ConsoleApi::key),
            new ApiQuestion(
                    KEY + "/disable",
                    "whether a key may be disabled",
                    "version, at, after, limit",
                    ConsoleApi::disable),
            DEADLINES,
            new ApiQuestion(
                    "/locked",
                    "keys that lock environments",
                    "tenant, after, limit",
                    request -> request.lockedKeys(request.limit())),
            LOCKED);

    private static final List<CsvTable> TABLES = List.of(
            new CsvTable(
                    ENVIRONMENTS,
                    "environments",
                    "tenantId,environmentId,type,encryptionState,policyStatus,policyId,vaultUri,keyName,"
                            + "keyVersion,enabledSince,lockedSince,expectedDeletionAt,severity,openWarnings,"
                            + "suppressedSinks,causes"),
            new CsvTable(
                    DEADLINES,
                    "deadlines",
                    "at,kind,title,tenantId,environmentId,environments,vaultUri,keyName,keyVersion,components,sentence"),
            new CsvTable(
                    LOCKED,
                    "environments",
                    "tenantId,environmentId,vaultUri,keyName,keyVersion,lockedSince,expectedDeletionAt,causes"));

    private ConsoleApi() {}

    /// The endpoints of the API and its OpenAPI description.
    ///
    /// @param views opens the views that answers are composed from
    public static List<Route> endpoints(Views views, Questions questions) {
        List<Route> endpoints = new ArrayList<>();
        QUESTIONS.forEach(question -> endpoints.add(question.route(views, questions)));
        TABLES.forEach(table -> endpoints.add(table.route(views, questions)));
        endpoints.add(new Route(
                "POST",
                PREFIX + "/whatif",
                "what would be published if the event lines in the body came now; nothing is written",
                new WhatIfEndpoint(views, questions)::reply));
        byte[] description = YamlResource.bytes("/console/openapi.json");
        endpoints.add(new Route(
                "/openapi.json",
                "the description of the API (OpenAPI 3.1)",
                _ -> new EndpointResponse(200, "application/json", description, Map.of())));
        return endpoints;
    }

    private static SearchAnswer search(ViewRequest request) {
        String text = request.text("q")
                .orElseThrow(
                        () -> new BadRequestException("The parameter 'q' is missing; expected a text to search for."));
        return request.search(text, request.limit());
    }

    private static EnvironmentAnswer environment(ViewRequest request) {
        return request.aboutEnvironment().orElseThrow(() -> unknownEnvironment(request));
    }

    private static TimelineAnswer timeline(ViewRequest request) {
        return request.timeline(request.limit()).orElseThrow(() -> unknownEnvironment(request));
    }

    private static KeyAnswer key(ViewRequest request) {
        return request.aboutKey(request.limit()).orElseThrow(() -> unknownKey(request));
    }

    private static DisableAnswer disable(ViewRequest request) {
        return request.disable("after", request.limit()).orElseThrow(() -> unknownKey(request));
    }

    private static DeadlineList deadlines(ViewRequest request) {
        Instant from = request.time("from").orElseGet(request.questions()::now);
        Instant before = request.time("before").orElse(Questions.END_OF_TIME);
        if (request.text("from").isPresent() && from.isAfter(before)) {
            throw new BadRequestException("The parameter 'from' cannot be later than 'before'.");
        }
        return request.deadlines(from, before, request.limit());
    }

    private static NotFoundException unknownEnvironment(ViewRequest request) {
        return new NotFoundException(
                "No event has named an environment '%s' of a tenant '%s'. Ids are case-sensitive; %s/search?q= finds them by any part of their names."
                        .formatted(request.environment(), request.tenant(), PREFIX));
    }

    private static NotFoundException unknownKey(ViewRequest request) {
        return new NotFoundException(
                "No event of the tenant '%s' has named the key %s; %s/tenants/{tenant} lists the keys of a tenant."
                        .formatted(request.tenant(), request.key(), PREFIX));
    }
}
