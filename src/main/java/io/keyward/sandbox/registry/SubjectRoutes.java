package io.keyward.sandbox.registry;

import io.keyward.sandbox.registry.Catalogue.Scope;
import java.util.List;
import java.util.stream.IntStream;

/// `/subjects`: subjects, their versions, registration and deletion.
record SubjectRoutes(Catalogue catalogue, SchemaReader reader, Registration registration, Deletion deletion) {
    List<Route> routes() {
        return List.of(
                Route.of("GET", "/subjects", this::subjects),
                Route.of("POST", "/subjects/{subject}", this::lookUp),
                Route.of("DELETE", "/subjects/{subject}", this::deleteSubject),
                Route.of("GET", "/subjects/{subject}/metadata", this::latestWithMetadata),
                Route.of("GET", "/subjects/{subject}/versions", this::versions),
                Route.of("POST", "/subjects/{subject}/versions", this::register),
                Route.of("GET", "/subjects/{subject}/versions/{version}", this::version),
                Route.of("DELETE", "/subjects/{subject}/versions/{version}", this::deleteVersion),
                Route.of("GET", "/subjects/{subject}/versions/{version}/schema", this::schema),
                Route.of("GET", "/subjects/{subject}/versions/{version}/referencedby", this::referencedBy));
    }

    private Outcome subjects(RouteRequest request) {
        String prefix = request.text("subjectPrefix");
        boolean everything = prefix.equals(":*:");
        return Outcome.reply(
                catalogue.subjects(Scope.of(request), subject -> everything || subject.startsWith(prefix)));
    }

    private Outcome lookUp(RouteRequest request) {
        Scope scope = Scope.of(request);
        List<SubjectVersion> versions = catalogue.versions(request.subject(), scope);
        Content wanted = candidate(request).content();
        return versions.reversed().stream()
                .filter(version -> version.content().answers(wanted))
                .findFirst()
                .map(version -> Outcome.reply(Replies.version(version)))
                .orElseThrow(() -> RegistryRefusedException.unknownSchema("posted"));
    }

    private Outcome register(RouteRequest request) {
        return registration.register(request.subject(), candidate(request));
    }

    private SchemaReader.Candidate candidate(RouteRequest request) {
        return reader.candidate(request.body(), request.flag("normalize"));
    }

    private Outcome versions(RouteRequest request) {
        boolean negative = request.flag("deletedAsNegative");
        return Outcome.reply(catalogue.versions(request.subject(), negative ? Scope.ALL : Scope.of(request)).stream()
                .map(version -> negative && version.deleted() ? -version.version() : version.version())
                .toList());
    }

    private Outcome latestWithMetadata(RouteRequest request) {
        List<String> keys = request.texts("key");
        List<String> values = request.texts("value");
        return catalogue.versions(request.subject(), Scope.of(request)).reversed().stream()
                .filter(version -> IntStream.range(0, Math.min(keys.size(), values.size()))
                        .allMatch(i -> version.content().property(keys.get(i)).equals(values.get(i))))
                .findFirst()
                .map(version -> Outcome.reply(Replies.version(version)))
                .orElseThrow(() -> RegistryRefusedException.unknownSchema("with this metadata"));
    }

    private Outcome version(RouteRequest request) {
        return Outcome.reply(Replies.version(one(request)));
    }

    private Outcome schema(RouteRequest request) {
        return Outcome.reply(Replies.bare(one(request).content()));
    }

    private Outcome referencedBy(RouteRequest request) {
        return Outcome.reply(catalogue.referrers(one(request), Scope.of(request)).stream()
                .map(SubjectVersion::id)
                .distinct()
                .toList());
    }

    private SubjectVersion one(RouteRequest request) {
        return catalogue.version(request.subject(), request.version(), Scope.of(request));
    }

    private Outcome deleteSubject(RouteRequest request) {
        return deletion.subject(request.subject(), request.flag("permanent"));
    }

    private Outcome deleteVersion(RouteRequest request) {
        return deletion.version(request.subject(), request.version(), request.flag("permanent"));
    }
}
