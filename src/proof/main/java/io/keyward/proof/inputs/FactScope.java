package io.keyward.proof.inputs;

import io.keyward.domain.event.Event;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.RowKeys;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/// What facts of a tenant are about: an environment, the reports on one, a key, or the tenant.
///
/// @param store holds a row about each of them; of reports it holds several
record FactScope(String store, Optional<EnvironmentId> environment, Optional<KeyId> key) {
    /// The limit of the tenant, and the time that it has reached.
    static final FactScope TENANT = new FactScope(Nodes.TENANTS, Optional.empty(), Optional.empty());

    static FactScope of(EnvironmentId environment) {
        return new FactScope(Nodes.ENVIRONMENTS, Optional.of(environment), Optional.empty());
    }

    /// What the components of an environment reported.
    static FactScope ofReports(EnvironmentId environment) {
        return new FactScope(Nodes.ENFORCEMENT, Optional.of(environment), Optional.empty());
    }

    static FactScope of(KeyId key) {
        return new FactScope(Nodes.KEYS, Optional.empty(), Optional.of(key));
    }

    /// Where an event is a fact; of two such places, the one whose row it changes first.
    static FactScope of(Event event) {
        return switch (event) {
            case Event.EnforcementReported e -> ofReports(e.environmentId());
            case Event.OfEnvironment e -> of(e.environmentId());
            case Event.OfKey e -> of(e.key());
            case Event.TenantLimitChanged _, Event.TimeReached _, Event.TenantErased _ -> TENANT;
        };
    }

    /// What a row with facts is about.
    static FactScope of(String store, Bytes row) {
        return switch (store) {
            case Nodes.ENVIRONMENTS -> of(RowKeys.environment(row));
            case Nodes.ENFORCEMENT -> ofReports(RowKeys.environmentOfReport(row));
            case Nodes.KEYS -> of(RowKeys.key(row));
            default -> TENANT;
        };
    }
}
