package io.keyward.intake.eventgrid;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.Item;
import io.keyward.intake.Publisher;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// A publisher whose outcome a test decides.
final class FakePublisher implements Publisher {
    /// What it was given.
    record Delivery(TenantId tenant, Origin origin, List<Item> items) {}

    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    volatile Supplier<CompletableFuture<Void>> outcome = () -> CompletableFuture.completedFuture(null);

    @Override
    public CompletableFuture<Void> publish(TenantId tenant, Origin origin, List<Item> items) {
        deliveries.add(new Delivery(tenant, origin, items));
        return outcome.get();
    }
}
