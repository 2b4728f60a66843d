package io.keyward.console.web;

import io.keyward.console.answer.DisableAnswer;
import io.keyward.console.answer.EnvironmentAnswer;
import io.keyward.console.answer.KeyAnswer;
import io.keyward.console.answer.TenantAnswer;
import io.keyward.console.answer.TimelineAnswer;
import io.keyward.console.api.ViewRequest;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.EndpointResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pages about one tenant, environment or key.
record SubjectPages(PageMaker maker) {
    private static final String SECTION = "/environments";
    private static final int TIMELINE = 20;
    private static final int USERS = 50;

    EndpointResponse tenant(ViewRequest request) {
        TenantAnswer answer = request.aboutTenant();
        return maker.page("tenant", answer.tenantId(), SECTION, answer, Map.of());
    }

    EndpointResponse environment(ViewRequest request) {
        Optional<EnvironmentAnswer> known = request.aboutEnvironment();
        Optional<TimelineAnswer> timeline = request.timeline(TIMELINE);
        if (known.isEmpty() || timeline.isEmpty()) {
            return maker.problem(
                    404,
                    "No event has named an environment '%s' of a tenant '%s'."
                            .formatted(request.environment(), request.tenant()));
        }
        EnvironmentAnswer answer = known.get();
        Map<String, Object> more =
                Map.of("page", timeline.get(), "earlier", request.text("before").isPresent());
        return maker.page("environment", answer.environmentId(), SECTION, answer, more);
    }

    EndpointResponse key(ViewRequest request) {
        TenantId tenant = request.tenant();
        KeyId key = request.key();
        Optional<KeyAnswer> known = request.aboutKey(USERS);
        if (known.isEmpty()) {
            return maker.problem(404, "No event of the tenant '%s' has named the key %s.".formatted(tenant, key));
        }
        PageRequest question =
                new PageRequest(Links.key(tenant.value(), key), request.request(), List.of("ask", "version", "at"));
        Optional<DisableAnswer> disable =
                question.text("ask").equals("disable") ? request.disable("against", USERS) : Optional.empty();
        Map<String, Object> more = Map.of("question", question, "portal", maker.portal(), "disable", disable);
        return maker.page("key", key.keyName(), SECTION, known.get(), more);
    }
}
