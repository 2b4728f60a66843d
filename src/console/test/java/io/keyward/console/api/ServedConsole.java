package io.keyward.console.api;

import io.keyward.console.answer.Questions;
import io.keyward.console.replica.FilledReplica;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.whatif.WhatIf;
import io.keyward.console.whatif.WhatIfLimits;
import io.keyward.domain.Decider;
import io.keyward.domain.RuleProfile;
import io.keyward.ops.http.Caller;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.LocalHttp;
import io.keyward.topology.Bounds;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.RuleProfiles;
import io.keyward.topology.read.OutputReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// The API of a filled replica, served over HTTP on a free port.
final class ServedConsole implements AutoCloseable {
    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private final FilledReplica replica;
    private final HttpEndpoint open;
    private final HttpEndpoint closed;
    private final HttpClient client = HttpClient.newHttpClient();

    /// How the next views are opened.
    private volatile Views views;

    /// @param folder for the replica and the token
    /// @param now the console's clock
    ServedConsole(Path folder, Instant now) throws IOException {
        this(folder, now, RuleProfile.Evidence.IGNORE);
    }

    /// @param evidence how the rules treat enforcement reports
    ServedConsole(Path folder, Instant now, RuleProfile.Evidence evidence) throws IOException {
        RuleProfile profile =
                RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow().with(evidence);
        replica = FilledReplica.start(folder.resolve("replica"), profile);
        views = replica::view;
        Questions questions = new Questions(
                new Decider(profile),
                new WhatIf(TopologyHarness.NAMES, profile, Bounds.DEFAULT, WhatIfLimits.DEFAULT),
                () -> new OutputReader(replica.registry(), TopologyHarness.NAMES),
                () -> now);
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        HttpFiles files = new HttpFiles(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(token));
        open = HttpEndpoint.start(LocalHttp.options(HttpFiles.NONE), ConsoleApi.endpoints(this::view, questions));
        closed = HttpEndpoint.start(LocalHttp.options(files), ConsoleApi.endpoints(this::view, questions));
    }

    private ReplicaView view(Caller caller) {
        return views.open(caller);
    }

    FilledReplica replica() {
        return replica;
    }

    void views(Views views) {
        this.views = views;
    }

    void wholeAgain() {
        views = replica::view;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(open.uri() + path)));
    }

    HttpResponse<byte[]> get(String path, String header, String value) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(open.uri() + path))
                        .header(header, value)
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> send(String method, String path, String header, String value) {
        return send(HttpRequest.newBuilder(URI.create(open.uri() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header(header, value));
    }

    /// Sends a request under a host name that is not the console's own.
    HttpResponse<String> byAnotherName(String method, String path) throws IOException, InterruptedException {
        InetSocketAddress address = new InetSocketAddress(open.uri().getHost(), open.port());
        try (HttpClient other =
                HttpClient.newBuilder().proxy(ProxySelector.of(address)).build()) {
            return other.send(
                    HttpRequest.newBuilder(URI.create("http://console.example" + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    HttpResponse<String> post(String path, String contentType, byte[] body) {
        return send(HttpRequest.newBuilder(URI.create(open.uri() + path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /// Sends a request without the token to a console that requires one.
    HttpResponse<String> asAnonymous(String method, String path) {
        return send(HttpRequest.newBuilder(URI.create(closed.uri() + path))
                .method(method, HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        open.close();
        closed.close();
        client.close();
        replica.close();
    }
}
