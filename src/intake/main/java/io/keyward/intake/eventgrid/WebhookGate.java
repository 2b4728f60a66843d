package io.keyward.intake.eventgrid;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.TenantSecrets;
import io.keyward.ops.http.EndpointRequest;
import io.keyward.ops.http.EndpointResponse;
import io.keyward.ops.http.HttpEndpoint;
import io.keyward.ops.http.RequestAdmission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Admits the requests that show a secret of their tenant, as many as a tenant may send.
///
/// The secret is a bearer token or a parameter of the address: `access_token`, as in the specification of CloudEvents'
/// webhooks, or `code`, as usual in Azure.
final class WebhookGate {
    /// One tenant whose events wait for Kafka must not take the places of all.
    private static final int AT_ONCE = HttpEndpoint.MAX_AT_WORK / 4;

    private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

    private final TenantSecrets secrets;
    private final int rate;

    /// Only of tenants that have shown a secret.
    private final Map<TenantId, TenantQuota> quotas = new ConcurrentHashMap<>();

    /// @param rate requests that a tenant may send in a minute
    WebhookGate(TenantSecrets secrets, int rate) {
        this.secrets = secrets;
        this.rate = rate;
    }

    /// @param tenant as in the path
    RequestAdmission admit(String tenant, EndpointRequest request) {
        return secrets.tenant(tenant, shown(request))
                .map(this::admit)
                .orElseGet(() -> RequestAdmission.refused(EndpointResponse.problem(
                                401,
                                "Show the tenant's secret as Authorization: Bearer SECRET, or as the parameter code"
                                        + " of the address.")
                        .with("WWW-Authenticate", "Bearer realm=\"keyward\"")));
    }

    private RequestAdmission admit(TenantId tenant) {
        TenantQuota quota = quotas.computeIfAbsent(tenant, _ -> new TenantQuota(rate, AT_ONCE, System::nanoTime));
        return quota.begin().map(this::tooMany).orElseGet(() -> RequestAdmission.granted(quota::end));
    }

    private RequestAdmission tooMany(Duration wait) {
        long seconds = Math.ceilDiv(wait.toNanos(), NANOS_PER_SECOND);
        return RequestAdmission.refused(EndpointResponse.problem(
                        429,
                        "A tenant may send " + rate + " requests in a minute, and " + AT_ONCE
                                + " at the same time; try again in " + seconds + " s.")
                .with("Retry-After", Long.toString(seconds)));
    }

    /// A request is checked in the same way whatever it shows.
    private static List<String> shown(EndpointRequest request) {
        return Stream.of(request.bearerToken(), request.parameter("code"), request.parameter("access_token"))
                .map(secret -> secret.orElse(""))
                .toList();
    }
}
