package io.keyward.intake.eventgrid;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.IntakeObserver;
import io.keyward.ops.http.Endpoint;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.RequestAdmission;
import java.util.function.BiFunction;

/// One method of the webhooks.
///
/// @param answer answers a request that shows the tenant's secret
record Webhook(
        String method,
        String summary,
        WebhookGate gate,
        IntakeObserver observer,
        BiFunction<TenantId, EndpointRequest, EndpointResponse> answer)
        implements Endpoint {
    private static final String TENANT = "tenant";

    @Override
    public String path() {
        return "/intake/eventgrid/{" + TENANT + "}";
    }

    @Override
    public RequestAdmission admit(EndpointRequest request) {
        return gate.admit(request.variable(TENANT), request);
    }

    @Override
    public EndpointResponse reply(EndpointRequest request) {
        return answer.apply(new TenantId(request.variable(TENANT)), request);
    }

    /// Event Grid sends its own host as `Origin`.
    @Override
    public boolean acceptsAnyOrigin() {
        return true;
    }

    @Override
    public void answered(int status) {
        observer.answered(status);
    }
}
