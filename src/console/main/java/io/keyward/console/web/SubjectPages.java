package io.keyward.console.web;

import io.keyward.console.answer.DisableAnswer;
import io.keyward.console.answer.DisableQuestion;
import io.keyward.console.answer.EnvironmentAnswer;
import io.keyward.console.answer.KeyAnswer;
import io.keyward.console.answer.Questions;
import io.keyward.console.answer.TenantAnswer;
import io.keyward.console.answer.TimelineAnswer;
import io.keyward.console.api.Parameters;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.EndpointResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pages about one tenant, environment or key.
record SubjectPages(PageMaker maker, Questions questions) {
    private static final String SECTION = "/environments";
    private static final int TIMELINE = 20;
    private static final int USERS = 50;

    EndpointResponse tenant(ReplicaView view, Parameters asked) {
        Optional<TenantAnswer> known = questions.tenant(view, asked.tenant());
        if (known.isEmpty()) {
            return maker.problem(404, questions.whyUnknown(view, asked.tenant()).orElseThrow());
        }
        TenantAnswer answer = known.get();
        LimitBar bar = new LimitBar(answer.slotsHeld(), answer.environmentLimit());
        Map<String, Object> more = Map.of("bar", bar, "states", new StateCounts(answer.states()));
        return maker.page("tenant", answer.tenantId(), SECTION, answer, more);
    }

    EndpointResponse environment(ReplicaView view, Parameters asked) {
        TenantId tenant = asked.tenant();
        EnvironmentId environment = asked.environment();
        Optional<String> before = asked.text("before");
        Optional<EnvironmentAnswer> known = questions.environment(view, tenant, environment);
        Optional<TimelineAnswer> timeline = questions.timeline(view, tenant, environment, before, TIMELINE);
        if (known.isEmpty() || timeline.isEmpty()) {
            return maker.problem(
                    404, "No event has named an environment '%s' of a tenant '%s'.".formatted(environment, tenant));
        }
        EnvironmentAnswer answer = known.get();
        return maker.page(
                "environment",
                answer.environmentId(),
                SECTION,
                answer,
                Map.of(
                        "timeline", TimelineGroup.of(timeline.get().entries()),
                        "page", timeline.get(),
                        "earlier", before.isPresent(),
                        "reported", ComponentRow.of(answer)));
    }

    EndpointResponse key(ReplicaView view, Parameters asked) {
        TenantId tenant = asked.tenant();
        KeyId key = asked.key();
        Optional<KeyAnswer> known = questions.key(view, tenant, key, asked.optionalEnvironment("after"), USERS);
        if (known.isEmpty()) {
            return maker.problem(404, "No event of the tenant '%s' has named the key %s.".formatted(tenant, key));
        }
        KeyAnswer answer = known.get();
        AskedPage question =
                new AskedPage(Links.key(tenant.value(), key), asked.request(), List.of("ask", "version", "at"));
        Optional<DisableAnswer> disable = question.text("ask").equals("disable")
                ? questions.disable(view, tenant, disabling(key, asked))
                : Optional.empty();
        return maker.page(
                "key",
                answer.key().keyName(),
                SECTION,
                answer,
                Map.of(
                        "versions", VersionPicture.of(answer, maker.now()),
                        "blast", BlastPicture.of(answer),
                        "proof", VersionRow.of(answer),
                        "items", VersionRow.items(answer),
                        "question", question,
                        "portal", maker.portal(),
                        "blockers", disable.map(BlockedRow::of).orElse(List.of()),
                        "disable", disable));
    }

    private DisableQuestion disabling(KeyId key, Parameters asked) {
        return new DisableQuestion(
                new KeyReference(key, asked.optionalVersion()),
                asked.time("at").orElseGet(maker::now),
                asked.text("against"),
                USERS);
    }
}
