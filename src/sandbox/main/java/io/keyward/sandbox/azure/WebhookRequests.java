package io.keyward.sandbox.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/// The requests of Event Grid to the webhook of a subscription:
/// <https://learn.microsoft.com/azure/event-grid/end-point-validation-cloud-events-schema> and
/// <https://learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema>.
record WebhookRequests(Subscription subscription) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORIGIN = "eventgrid.azure.net";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Asks the webhook whether it wants the events.
    ///
    /// @param code what it has to return in Event Grid's schema
    HttpRequest handshake(String code, Instant now) {
        return switch (subscription.schema()) {
            case CLOUD_EVENTS ->
                request()
                        .header("WebHook-Request-Origin", ORIGIN)
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build();
            case EVENT_GRID ->
                batch(
                        request().header("aeg-event-type", "SubscriptionValidation"),
                        GridEvents.validation(code, code, now));
        };
    }

    /// Whether the answer to [#handshake] says yes.
    boolean consents(HttpResponse<String> answer, String code) {
        return answer.statusCode() == 200
                && switch (subscription.schema()) {
                    case CLOUD_EVENTS ->
                        answer.headers()
                                .firstValue("WebHook-Allowed-Origin")
                                .filter(origin -> origin.equals(ORIGIN) || origin.equals("*"))
                                .isPresent();
                    case EVENT_GRID ->
                        json(answer.body()).path("validationResponse").asText().equals(code);
                };
    }

    /// @param attempts how often it has been tried before
    HttpRequest delivery(ObjectNode event, int attempts) {
        HttpRequest.Builder request = request()
                .header("aeg-event-type", "Notification")
                .header("aeg-subscription-name", "KEYWARD")
                .header("aeg-delivery-count", Integer.toString(attempts));
        return switch (subscription.schema()) {
            case CLOUD_EVENTS ->
                request.header("Content-Type", "application/cloudevents+json; charset=utf-8")
                        .POST(BodyPublishers.ofString(event.toString()))
                        .build();
            case EVENT_GRID ->
                batch(request.header("aeg-data-version", "1").header("aeg-metadata-version", "1"), event);
        };
    }

    private static HttpRequest batch(HttpRequest.Builder request, ObjectNode event) {
        return request.header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString("[" + event + "]"))
                .build();
    }

    private HttpRequest.Builder request() {
        String secret = subscription.secret();
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(PATIENCE);
        return switch (subscription.schema()) {
            case CLOUD_EVENTS -> request.uri(subscription.webhook()).header("Authorization", "Bearer " + secret);
            case EVENT_GRID ->
                request.uri(URI.create(
                        subscription.webhook() + "?code=" + URLEncoder.encode(secret, StandardCharsets.UTF_8)));
        };
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException _) {
            return JSON.missingNode();
        }
    }
}
