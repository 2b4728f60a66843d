package io.keyward.testing.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Asks a processor whether it is ready.
///
/// @param port of the processor's HTTP endpoint
public record Readiness(int port) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /// Returns once it is ready.
    ///
    /// @throws AssertionError if its process ends before
    public void await(ChildJvm process) {
        Patience.until("the processor is ready", () -> {
            process.requireAlive();
            return isReady();
        });
    }

    /// Whether it answers that it is ready.
    public boolean isReady() {
        URI page = URI.create("http://%s:%d/health/ready".formatted(FreePorts.HOST, port));
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(5)).build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException unanswered) {
            return false;
        } catch (InterruptedException interrupted) {
            throw Patience.interrupted(interrupted);
        }
    }
}
