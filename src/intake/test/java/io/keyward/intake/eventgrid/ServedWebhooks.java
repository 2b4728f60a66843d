package io.keyward.intake.eventgrid;

import io.keyward.intake.IntakeObserver;
import io.keyward.intake.Publisher;
import io.keyward.intake.TenantSecrets;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.HttpFiles;
import io.keyward.ops.http.HttpNames;
import io.keyward.ops.http.HttpOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Webhooks on a free port, and a client of theirs.
final class ServedWebhooks implements AutoCloseable {
    static final int LARGEST_BODY = 4_096;
    static final String ORIGIN = "eventgrid.azure.net";
    static final Limits LIMITS = new Limits(List.of(ORIGIN, "other.example.com"), Duration.ofMinutes(5), 100_000);

    private final HttpEndpoint endpoint;
    private final HttpClient client = HttpClient.newHttpClient();

    /// @param secrets the folder with the secrets
    ServedWebhooks(Path secrets, Publisher publisher, IntakeObserver observer, Limits limits) {
        endpoint = HttpEndpoint.start(
                new HttpOptions("127.0.0.1", 0, HttpFiles.NONE, HttpNames.INTAKE, LARGEST_BODY),
                EventGridEndpoints.all(TenantSecrets.read(secrets), publisher, observer, limits));
    }

    static String secret(String tenant) {
        return "the+secret/of=" + tenant;
    }

    /// Writes a tenant's file. Must be called before the webhooks are served, or a while before it counts.
    static void write(Path secrets, String tenant, String... lines) throws IOException {
        Files.write(secrets.resolve(tenant), List.of(lines));
    }

    int port() {
        return endpoint.port();
    }

    /// A request that shows the tenant's secret.
    HttpRequest.Builder request(String tenant) {
        return anonymous("/intake/eventgrid/" + tenant).header("Authorization", "Bearer " + secret(tenant));
    }

    /// A request that shows nothing.
    HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(URI.create(endpoint.uri() + path));
    }

    HttpRequest delivery(String tenant, String body) {
        return request(tenant).POST(BodyPublishers.ofString(body)).build();
    }

    HttpResponse<String> deliver(String tenant) throws IOException, InterruptedException {
        return send(delivery(tenant, GridSamples.cloudEvent("e1")));
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request.build());
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        client.shutdownNow();
        endpoint.close();
    }
}
