package io.keyward.console.whatif;

import io.keyward.domain.EnvironmentState;
import io.keyward.domain.decision.TenantState;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.fact.Reports;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.EnvironmentStore;
import io.keyward.topology.store.KeyFactsStore;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.ReportStore;
import io.keyward.topology.store.TenantStore;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/// The rows of one tenant, for reading. They are read anew on each call.
///
/// @param stores the stores of the processor by their names
record TenantRows(TenantId tenant, Function<String, KeyValueStore<Bytes, byte[]>> stores) {
    EnvironmentState environment(EnvironmentId environment) {
        return new EnvironmentStore(stores.apply(Nodes.ENVIRONMENTS)).get(tenant, environment);
    }

    Reports reports(EnvironmentId environment) {
        return new ReportStore(stores.apply(Nodes.ENFORCEMENT))
                .get(tenant, environment, environment(environment).facts());
    }

    KeyFacts key(KeyId key) {
        return new KeyFactsStore(stores.apply(Nodes.KEYS), stores.apply(Nodes.KEY_USAGE), 0).get(tenant, key);
    }

    TenantState state() {
        return new TenantStore(stores.apply(Nodes.TENANTS), 0).get(tenant);
    }
}
