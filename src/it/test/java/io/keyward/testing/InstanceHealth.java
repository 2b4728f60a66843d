package io.keyward.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.app.run.Instance;
import io.keyward.ops.health.Health;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/// The health of an instance, from its HTTP endpoint.
public final class InstanceHealth {
    private InstanceHealth() {}

    public static Health liveness(Instance instance) {
        return page(instance, "/health/live");
    }

    public static Health readiness(Instance instance) {
        return page(instance, "/health/ready");
    }

    private static Health page(Instance instance, String path) {
        HttpRequest request =
                HttpRequest.newBuilder(instance.httpUri().resolve(path)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body = client.send(request, BodyHandlers.ofString()).body();
            List<String> reasons = new ArrayList<>();
            new ObjectMapper().readTree(body).required("reasons").forEach(reason -> reasons.add(reason.asText()));
            return new Health(reasons);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
