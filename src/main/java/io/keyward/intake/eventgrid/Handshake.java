package io.keyward.intake.eventgrid;

import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;

/// Says which senders may send events, as section 4 of the CloudEvents specification "HTTP 1.1 Web Hooks for Event
/// Delivery" asks: <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md>.
///
/// There, the consent is a header and never the status. So the answer to a sender that is not wanted is 200 without the
/// header. The sender's callback is never called: a consent can only be an answer.
record Handshake(Limits limits) {
    EndpointResponse answer(EndpointRequest request) {
        return request.header("webhook-request-origin")
                .filter(limits.origins()::contains)
                .map(this::consent)
                .orElseGet(() -> EndpointResponse.text(
                        "There is no consent: WebHook-Request-Origin names none of keyward.intake.origins.\n"))
                .with("Allow", "POST, OPTIONS");
    }

    private EndpointResponse consent(String origin) {
        return EndpointResponse.text("Events of " + origin + " are taken.\n")
                .with("WebHook-Allowed-Origin", origin)
                .with("WebHook-Allowed-Rate", Integer.toString(limits.rate()));
    }
}
