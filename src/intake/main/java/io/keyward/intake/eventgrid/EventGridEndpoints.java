package io.keyward.intake.eventgrid;

import io.keyward.intake.IntakeObserver;
import io.keyward.intake.Publisher;
import io.keyward.intake.TenantSecrets;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import java.util.List;

/// The webhooks that Event Grid sends the events of key vaults to: one path for each tenant.
public final class EventGridEndpoints {
    private EventGridEndpoints() {}

    /// The endpoints that take events, and agree to take them.
    ///
    /// Each request must show a secret of its tenant; without it, the answer is 401, also for an unknown tenant. A
    /// tenant that sends too much is answered 429. Both are answered before a body is read.
    ///
    /// A delivery is answered 200 once Kafka has acknowledged all of it, and otherwise 503. Events that cannot be
    /// understood are dead letters and do not change the answer: Event Grid would send them again, or drop the
    /// rest of the batch.
    ///
    /// @param observer receives each answer at the path, and each item that Kafka has acknowledged
    public static List<Endpoint> all(
            TenantSecrets secrets, Publisher publisher, IntakeObserver observer, Limits limits) {
        WebhookGate gate = new WebhookGate(secrets, limits.rate());
        Deliveries deliveries = new Deliveries(publisher, observer, limits.timeout());
        return List.of(
                new Webhook("POST", "takes a tenant's events from Event Grid", gate, observer, deliveries::answer),
                new Webhook(
                        "OPTIONS",
                        "says that it takes events (the handshake of CloudEvents)",
                        gate,
                        observer,
                        (_, request) -> handshake(request, limits)));
    }

    /// Says which senders may send events, as section 4 of the CloudEvents specification "HTTP 1.1 Web Hooks for
    /// Event Delivery" asks: <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md>.
    ///
    /// There, the consent is a header and never the status. So the answer to a sender that is not wanted is 200
    /// without the header. The sender's callback is never called: a consent can only be an answer.
    private static EndpointResponse handshake(EndpointRequest request, Limits limits) {
        return request.header("webhook-request-origin")
                .filter(limits.origins()::contains)
                .map(origin -> EndpointResponse.text("Events of " + origin + " are taken.\n")
                        .with("WebHook-Allowed-Origin", origin)
                        .with("WebHook-Allowed-Rate", Integer.toString(limits.rate())))
                .orElseGet(() -> EndpointResponse.text(
                        "There is no consent: WebHook-Request-Origin names none of keyward.intake.origins.\n"))
                .with("Allow", "POST, OPTIONS");
    }
}
