package io.keyward.console.replica;

import io.keyward.domain.decision.Decision;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.PolicyId;
import io.keyward.domain.id.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The names by which a search finds an environment, or a key with known facts.
///
/// @param environment empty for a row about a key
/// @param policy the policy in force by the last decision
/// @param displayName the last known one; empty if there is none
/// @param keys the keys among the environment's applications
public record EnvironmentNames(
        TenantId tenant,
        Optional<EnvironmentId> environment,
        Optional<PolicyId> policy,
        String displayName,
        List<KeyId> keys) {
    /// The index row with these names.
    static KeyWriter row(EnvironmentRow row, Decision decision) {
        KeyWriter names = KeyWriter.in(Table.NAME)
                .environment(row)
                .text(decision.policyId().map(PolicyId::value).orElse(""))
                // A name is free text and may contain a zero byte, which ends a part of a key.
                .text(row.state().facts().displayName().orElse("").replace('\0', ' '));
        row.state().facts().keys().stream()
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .forEach(names::key);
        return names;
    }

    /// The index row of a key, so that it is found even if no environment uses it.
    static KeyWriter row(TenantId tenant, KeyId key) {
        return KeyWriter.in(Table.NAME, tenant).text("").text("").text("").key(key);
    }

    static EnvironmentNames read(KeyReader row) {
        TenantId tenant = new TenantId(row.text());
        Optional<EnvironmentId> environment = row.given().map(EnvironmentId::new);
        Optional<PolicyId> policy = row.given().map(PolicyId::new);
        String displayName = row.text();
        List<KeyId> keys = new ArrayList<>();
        while (row.hasMore()) {
            keys.add(new KeyId(row.text(), row.text()));
        }
        return new EnvironmentNames(tenant, environment, policy, displayName, keys);
    }
}
