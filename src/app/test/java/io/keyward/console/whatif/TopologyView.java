package io.keyward.console.whatif;

import io.keyward.console.replica.DueGroup;
import io.keyward.console.replica.DueQuery;
import io.keyward.console.replica.EnvironmentCounts;
import io.keyward.console.replica.EnvironmentNames;
import io.keyward.console.replica.EnvironmentQuery;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.Extent;
import io.keyward.console.replica.KeyUser;
import io.keyward.console.replica.LockedKeys;
import io.keyward.console.replica.Page;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.replica.SearchText;
import io.keyward.console.replica.TenantKey;
import io.keyward.console.replica.TimelineEntry;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.ops.http.Caller;
import io.keyward.topology.TopologyHarness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// The stores of a topology as a replica that has read everything would show them.
///
/// @param missing what is not wholly known
record TopologyView(TopologyHarness topology, List<String> missing) implements ReplicaView {
    @Override
    public Caller caller() {
        return Caller.ANYBODY;
    }

    TopologyView(TopologyHarness topology) {
        this(topology, List.of());
    }

    @Override
    public KeyValueStore<Bytes, byte[]> store(String store, TenantId tenant) {
        return topology.store(store);
    }

    @Override
    public Extent freshness(TenantId tenant) {
        return new Extent(Instant.EPOCH, Instant.EPOCH, new TreeMap<>(), 0, missing.isEmpty(), missing);
    }

    @Override
    public Extent freshness() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<EnvironmentRow> environments(EnvironmentQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean eachNamed(SearchText text, int most, Consumer<EnvironmentNames> found) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<TenantId> tenants(Optional<EncryptionState> state, Optional<String> after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int count(TenantId tenant, Enum<?> value, int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<TenantKey> keys(
            Optional<TenantId> tenant, Optional<String> after, int limit, Predicate<TenantKey> wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isInForce(TenantKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int countUses(KeyId key, int most) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<TimelineEntry> timeline(
            TenantId tenant, Optional<EnvironmentId> environment, Optional<String> before, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<DueGroup> dueDates(DueQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LockedKeys lockedKeys(Optional<TenantId> tenant, Optional<String> after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<EnvironmentRow> locked(
            Optional<TenantId> tenant, Optional<KeyId> key, Optional<String> after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void eachUser(KeyId key, Consumer<KeyUser> user) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isReported(TenantId tenant, KeyId key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public EnvironmentCounts counts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
