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
record Place(String store, Optional<EnvironmentId> environment, Optional<KeyId> key) {
    /// The limit of the tenant, and the time that it has reached.
    static final Place TENANT = new Place(Nodes.TENANTS, Optional.empty(), Optional.empty());

    static Place of(EnvironmentId environment) {
        return new Place(Nodes.ENVIRONMENTS, Optional.of(environment), Optional.empty());
    }

    /// What the components of an environment reported.
    static Place ofReports(EnvironmentId environment) {
        return new Place(Nodes.ENFORCEMENT, Optional.of(environment), Optional.empty());
    }

    static Place of(KeyId key) {
        return new Place(Nodes.KEYS, Optional.empty(), Optional.of(key));
    }

    /// Where an event is a fact; of two such places, the one whose row it changes first.
    static Place of(Event event) {
        return switch (event) {
            case Event.EnforcementReported e -> ofReports(e.environmentId());
            case Event.OfEnvironment e -> of(e.environmentId());
            case Event.OfKey e -> of(e.key());
            case Event.TenantLimitChanged _, Event.TimeReached _, Event.TenantErased _ -> TENANT;
        };
    }

    /// What a row with facts is about.
    static Place of(String store, Bytes row) {
        return switch (store) {
            case Nodes.ENVIRONMENTS -> of(RowKeys.environment(row));
            case Nodes.ENFORCEMENT -> ofReports(RowKeys.environmentOfReport(row));
            case Nodes.KEYS -> of(RowKeys.key(row));
            default -> TENANT;
        };
    }
}
