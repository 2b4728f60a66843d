package io.keyward.app.console;

import io.keyward.app.run.ServedPages;
import io.keyward.config.AccessSettings;
import io.keyward.config.KeywardConfig;
import io.keyward.console.access.ConsoleGate;
import io.keyward.console.answer.Questions;
import io.keyward.console.replica.FilledReplica;
import io.keyward.console.whatif.WhatIf;
import io.keyward.console.whatif.WhatIfLimits;
import io.keyward.domain.Decider;
import io.keyward.domain.RuleProfile;
import io.keyward.ops.health.Health;
import io.keyward.ops.http.Caller;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.Gate;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.HttpNames;
import io.keyward.ops.http.HttpOptions;
import io.keyward.ops.http.Route;
import io.keyward.ops.metrics.ConsoleMetrics;
import io.keyward.topology.Bounds;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.read.OutputReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// All that a console serves, over a filled replica, to callers who say who they are.
final class ConsoleQueries implements AutoCloseable {
    private static final Instant NOW = Instant.parse("2026-07-15T03:00:00Z");
    private static final String BEARER = "Bearer ";

    private final FilledReplica replica;
    private final ConsoleMetrics metrics;
    private final List<Route> endpoints;
    private final HttpEndpoint served;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Caller> callers = new ConcurrentHashMap<>();

    private ConsoleQueries(FilledReplica replica, RuleProfile profile) {
        this.replica = replica;
        metrics = new ConsoleMetrics("test", profile);
        Questions questions = new Questions(
                new Decider(profile),
                new WhatIf(TopologyHarness.NAMES, profile, Bounds.DEFAULT, WhatIfLimits.DEFAULT),
                () -> new OutputReader(replica.registry(), TopologyHarness.NAMES),
                InstantSource.fixed(NOW));
        ConsoleGate gate = new ConsoleGate(
                new NamedCallers(),
                new AccessSettings(KeywardConfig.load(Optional.empty(), Map.of(), new Properties())
                        .values()),
                InstantSource.fixed(NOW));
        endpoints = Stream.of(
                        Console.answers(replica::view, questions, gate, Optional.empty()),
                        ServedPages.operations(metrics.page(), () -> new Health(true, List.of("well"))))
                .flatMap(List::stream)
                .map(metrics::measured)
                .toList();
        HttpOptions options = new HttpOptions("127.0.0.1", 0, HttpFiles.NONE, HttpNames.CONSOLE, 1 << 20);
        served = HttpEndpoint.start(options, endpoints, gate);
    }

    /// @param folder for the replica
    /// @param histories event lines, one history after the other
    static ConsoleQueries start(Path folder, String[]... histories) {
        RuleProfile profile =
                RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow().with(RuleProfile.Evidence.REPORT);
        FilledReplica replica = FilledReplica.start(folder, profile);
        for (String[] history : histories) {
            replica.givenLines(history);
        }
        return new ConsoleQueries(replica, profile);
    }

    private final class NamedCallers implements Gate {
        @Override
        public Optional<Caller> caller(EndpointRequest request) {
            return request.bearerToken().map(callers::get).filter(caller -> !caller.equals(Caller.UNAUTHENTICATED));
        }

        @Override
        public EndpointResponse demand(EndpointRequest request) {
            return EndpointResponse.problem(401, "Say who you are.");
        }
    }

    List<Route> endpoints() {
        return endpoints;
    }

    /// @param lines the body of a POST, as event lines or as a form
    HttpResponse<String> ask(Caller caller, String method, String address, String lines) {
        callers.put(caller.name(), caller);
        boolean isPage = !address.startsWith("/api/");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(served.uri() + address))
                .header("Authorization", BEARER + caller.name())
                .header("Content-Type", isPage ? "application/x-www-form-urlencoded" : "text/plain");
        String body = isPage ? "lines=" + URLEncoder.encode(lines, StandardCharsets.UTF_8) : lines;
        try {
            return client.send(
                    request.method(
                                    method,
                                    method.equals("POST")
                                            ? HttpRequest.BodyPublishers.ofString(body)
                                            : HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        served.close();
        client.close();
        metrics.close();
        replica.close();
    }
}
