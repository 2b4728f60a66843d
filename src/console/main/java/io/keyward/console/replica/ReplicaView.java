package io.keyward.console.replica;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.topology.store.TenantReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// What the replica knew at one moment. Later changes do not show in it. Close it soon: it holds memory and disk space.
///
/// Cursors are opaque texts. A page after a cursor begins at the entry that follows it in the fixed order of the list,
/// whatever changed in between. A page can have fewer entries than its limit, even none, although more follow: the
/// number of rows that one page looks at is bounded.
///
/// A view shows nothing of a tenant that its caller may not know: it is as if no event had ever named that tenant.
public interface ReplicaView extends AutoCloseable {
    /// For whom the view was opened.
    Caller caller();

    /// The rows of one tenant in a store of the processor, and those about its whole partition; for reading only.
    ///
    /// @param store a name in [Nodes]
    KeyValueStore<Bytes, byte[]> store(String store, TenantId tenant);

    /// Reads what the stores hold of one tenant.
    default TenantReader reader(TenantId tenant) {
        return new TenantReader(tenant, name -> store(name, tenant));
    }

    /// The environments that the query asks for and about which a decision stands, in the order of tenant and
    /// environment.
    ///
    /// @throws BadCursorException if the query's cursor is not from such a page
    Page<EnvironmentRow> environments(EnvironmentQuery query);

    /// Calls `found` for every environment about which a decision stands, and every key of which facts are known,
    /// in whose names all words of the text are, tenant by tenant.
    ///
    /// @param most how many environments and keys are looked at
    /// @return whether all were looked at
    boolean eachNamed(SearchText text, int most, Consumer<EnvironmentNames> found);

    /// Tenants of environments about which a decision stands, in order.
    default List<TenantId> tenants(int limit) {
        return tenants(Optional.empty(), Optional.empty(), limit).entries();
    }

    /// Tenants of environments about which a decision stands, in order.
    ///
    /// @param state of at least one of those environments; empty for any
    /// @param after the cursor of the previous page
    /// @throws BadCursorException if the cursor is not from such a page
    Page<TenantId> tenants(Optional<EncryptionState> state, Optional<String> after, int limit);

    /// How many environments of the tenant have that encryption state, policy status or open warning.
    ///
    /// @param value of one of these three types
    /// @param most where counting ends
    int count(TenantId tenant, Enum<?> value, int most);

    /// Keys that an event has named, or that are or were applied to an environment, in the order of tenant, vault and
    /// name.
    ///
    /// @param tenant empty for every tenant
    /// @param after the cursor of the previous page
    /// @param wanted which of them the page shows
    /// @throws BadCursorException if the cursor is not from such a page
    Page<TenantKey> keys(Optional<TenantId> tenant, Optional<String> after, int limit, Predicate<TenantKey> wanted);

    /// Whether the data of an environment of the tenant is under the key.
    boolean isInForce(TenantKey key);

    /// How many rows tie environments of any tenant to the key: its applications, and parts of which the latest report
    /// counts items under it. No environment uses it without one.
    ///
    /// @param most where counting ends
    int countUses(KeyId key, int most);

    /// What was published about an environment, or about a tenant itself, newest first.
    ///
    /// @throws BadCursorException if the cursor is not from such a page
    Page<TimelineEntry> timeline(
            TenantId tenant, Optional<EnvironmentId> environment, Optional<String> before, int limit);

    /// What falls due, by kind, and within a kind in the order of time.
    ///
    /// @throws BadCursorException if the query's cursor is not from such a page
    Page<DueGroup> dueDates(DueQuery query);

    /// The keys that lock environments, the first deletion first.
    ///
    /// @param tenant empty for every tenant
    /// @throws BadCursorException if the cursor is not from such a page
    LockedKeys lockedKeys(Optional<TenantId> tenant, Optional<String> after, int limit);

    /// Locked environments, by tenant and key, and of one key in the order of their deletion.
    ///
    /// @param tenant empty for every tenant
    /// @param key of the tenant; empty for every key
    /// @throws BadCursorException if the cursor is not from such a page
    Page<EnvironmentRow> locked(Optional<TenantId> tenant, Optional<KeyId> key, Optional<String> after, int limit);

    /// Calls `user` for every environment of any tenant that uses the key, in the order of tenant and environment: one
    /// about which a decision stands and that has this key among its applications, or one of which a part's latest
    /// report counts items under it.
    void eachUser(KeyId key, Consumer<KeyUser> user);

    /// Whether a part's latest report on an environment of the tenant counts items under the key.
    boolean isReported(TenantId tenant, KeyId key);

    /// How many environments there are, by state, status and open warning.
    EnvironmentCounts counts();

    /// How far the whole replica has read.
    Extent freshness();

    /// How far the replica has read what concerns a tenant.
    Extent freshness(TenantId tenant);

    @Override
    void close();
}
