package io.keyward.app.intake;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.Item;
import io.keyward.intake.Publisher;
import io.keyward.ops.tracing.OpenTelemetryTracing;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Traces each delivery from when it came until Kafka has acknowledged it.
record TracedPublisher(Publisher publisher, OpenTelemetryTracing tracing) implements Publisher {
    @Override
    public CompletableFuture<Void> publish(TenantId tenant, Origin origin, List<Item> items) {
        OpenTelemetryTracing.Delivery delivery = tracing.deliver(origin.source(), origin.headers());
        return publisher
                .publish(tenant, origin.with(delivery.headers()), items)
                .whenComplete((_, failure) -> delivery.end(failure));
    }
}
