package io.keyward.sandbox.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.registry.client.CompatibilityLevel;
import io.keyward.sandbox.registry.Catalogue.Scope;
import java.util.List;

/// `/compatibility`: checks whether a schema is compatible with a subject, without registering it.
record CompatibilityRoutes(RegistryState state, Catalogue catalogue, SchemaReader reader, Registration registration) {
    List<Route> routes() {
        return List.of(
                Route.of("POST", "/compatibility/subjects/{subject}/versions", this::withAll),
                Route.of("POST", "/compatibility/subjects/{subject}/versions/{version}", this::withOne));
    }

    private Outcome withAll(RouteRequest request) {
        return verdict(
                request,
                catalogue.subjects(Scope.LIVE, request.subject()::equals).isEmpty()
                        ? List.of()
                        : catalogue.versions(request.subject(), Scope.LIVE));
    }

    /// Every schema is compatible with a subject that has no versions.
    private Outcome withOne(RouteRequest request) {
        boolean unused =
                catalogue.subjects(Scope.LIVE, request.subject()::equals).isEmpty();
        return verdict(
                request,
                unused && Catalogue.isLatest(request.version())
                        ? List.of()
                        : List.of(catalogue.version(request.subject(), request.version(), Scope.LIVE)));
    }

    private Outcome verdict(RouteRequest request, List<SubjectVersion> earlier) {
        CompatibilityLevel level = state.levelOf(request.subject()).orElse(state.level());
        SchemaReader.Candidate candidate = reader.candidate(request.body(), request.flag("normalize"));
        List<String> conflicts = registration.conflicts(level, candidate, earlier);
        ObjectNode reply = Replies.object().put("is_compatible", conflicts.isEmpty());
        if (request.flag("verbose")) {
            ArrayNode messages = reply.putArray("messages");
            conflicts.forEach(messages::add);
        }
        return Outcome.reply(reply);
    }
}
