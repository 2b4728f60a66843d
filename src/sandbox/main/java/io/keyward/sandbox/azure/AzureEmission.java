package io.keyward.sandbox.azure;

import io.keyward.domain.id.TenantId;
import io.keyward.sandbox.vault.StoredKey;
import io.keyward.sandbox.vault.VaultChange;
import io.keyward.sandbox.vault.Vaults;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/// Emits what Azure emits about every change of the vaults, to each tenant that uses the changed vault: an event to its
/// subscription, if Event Grid emits the change.
public final class AzureEmission implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Vaults vaults;
    private final Map<String, Set<TenantId>> users;
    private final List<EventGrid> subscriptions;
    private final Consumer<Emitted> observer;

    /// Emits from now on.
    ///
    /// @param users the tenants that use a vault, by its host name
    /// @param observer receives what has been accepted, on any thread
    public AzureEmission(
            Vaults vaults,
            Map<String, Set<TenantId>> users,
            List<Subscription> subscriptions,
            Consumer<Emitted> observer) {
        this.vaults = vaults;
        this.users = users;
        this.subscriptions =
                subscriptions.stream().map(one -> new EventGrid(one, PAUSE)).toList();
        this.observer = observer;
        vaults.observe(this::emit);
    }

    private void emit(VaultChange change) {
        Set<TenantId> tenants = users.getOrDefault(change.vault().host(), Set.of());
        String id = UUID.randomUUID().toString();
        for (EventGrid grid : subscriptions) {
            Subscription subscription = grid.subscription();
            if (tenants.contains(subscription.tenant())) {
                GridEvents.of(change, subscription.schema(), id)
                        .ifPresent(event -> grid.deliver(
                                event,
                                () -> tell(
                                        change,
                                        subscription.tenant(),
                                        shortType(change),
                                        "Event Grid (%s)".formatted(subscription.schema().label))));
            }
        }
    }

    /// The type of the event about this change, without the names of Azure's services.
    private static String shortType(VaultChange change) {
        String type = GridEvents.type(change).orElseThrow();
        return type.substring(type.lastIndexOf('.') + 1);
    }

    private void tell(VaultChange change, TenantId tenant, String what, String way) {
        String key = change.key().map(StoredKey::name).orElse("");
        observer.accept(new Emitted(tenant, what, change.vault().host(), key, change.at(), way));
    }

    /// Emits nothing more; what is not delivered is lost.
    @Override
    public void close() {
        vaults.observe(_ -> {});
        subscriptions.forEach(EventGrid::close);
    }
}
