package io.keyward.sandbox.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.sandbox.registry.Catalogue.Scope;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `/schemas`: schemas by their registry-wide ids.
record SchemaRoutes(RegistryState state, Catalogue catalogue) {
    List<Route> routes() {
        return List.of(
                Route.of("GET", "/schemas", this::schemas),
                Route.of("GET", "/schemas/types", request -> Outcome.reply(List.of("AVRO"))),
                Route.of("GET", "/schemas/ids/{id}", this::byId),
                Route.of("GET", "/schemas/ids/{id}/schema", this::text),
                Route.of("GET", "/schemas/ids/{id}/subjects", this::subjects),
                Route.of("GET", "/schemas/ids/{id}/versions", this::versions),
                Route.of("GET", "/schemas/guids/{guid}", this::byGuid),
                Route.of("GET", "/schemas/guids/{guid}/ids", this::idsOfGuid));
    }

    private Outcome schemas(RouteRequest request) {
        Stream<SubjectVersion> wanted = state.all()
                .filter(Scope.of(request)::includes)
                .filter(version -> version.subject().startsWith(request.text("subjectPrefix")));
        if (request.flag("latestOnly")) {
            wanted = wanted.filter(version -> version.equals(
                    catalogue.versions(version.subject(), Scope.of(request)).getLast()));
        }
        return Outcome.reply(wanted.map(Replies::version).toList());
    }

    private Outcome byId(RouteRequest request) {
        ObjectNode reply = Replies.content(catalogue.content(request.id()));
        if (request.flag("fetchMaxId")) {
            reply.put("maxId", state.highestId());
        }
        return Outcome.reply(reply);
    }

    private Outcome text(RouteRequest request) {
        return Outcome.reply(Replies.bare(catalogue.content(request.id())));
    }

    private Outcome subjects(RouteRequest request) {
        return Outcome.reply(
                uses(request).map(SubjectVersion::subject).distinct().toList());
    }

    private Outcome versions(RouteRequest request) {
        return Outcome.reply(uses(request)
                .map(version -> Map.of("subject", version.subject(), "version", version.version()))
                .toList());
    }

    private Stream<SubjectVersion> uses(RouteRequest request) {
        String subject = request.text("subject");
        return catalogue.uses(request.id(), Scope.of(request)).stream()
                .filter(version -> subject.isEmpty() || version.subject().equals(subject));
    }

    private Outcome byGuid(RouteRequest request) {
        return Outcome.reply(Replies.content(ofGuid(request).content()));
    }

    private Outcome idsOfGuid(RouteRequest request) {
        return Outcome.reply(
                List.of(Map.of("context", ".", "id", ofGuid(request).id())));
    }

    private SubjectVersion ofGuid(RouteRequest request) {
        String guid = request.path().get("guid");
        return state.all()
                .filter(version -> version.content().guid().toString().equalsIgnoreCase(guid))
                .findFirst()
                .orElseThrow(() -> RegistryRefusedException.unknownSchema(guid));
    }
}
