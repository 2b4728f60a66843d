package io.keyward.console.replica;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.util.Optional;

/// Selects the environments of a page: those that meet every given condition.
///
/// @param state the state of the last published decision
/// @param status the status of the last published decision
/// @param warning a warning that is open
/// @param key a key among the environment's applications
/// @param text words, in any case; each must be contained in the id, the tenant's id, the display name, the
///     policy, or a key with its vault
/// @param after the cursor of the previous page
/// @param limit the maximum number of entries on the page, at least 1
public record EnvironmentQuery(
        Optional<TenantId> tenant,
        Optional<EncryptionState> state,
        Optional<PolicyStatus> status,
        Optional<WarningCode> warning,
        Optional<KeyId> key,
        Optional<String> text,
        Optional<String> after,
        int limit) {
    public static EnvironmentQuery all(int limit) {
        return new EnvironmentQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limit);
    }

    /// The same for environments in this state.
    public EnvironmentQuery inState(EncryptionState wanted) {
        return new EnvironmentQuery(tenant, Optional.of(wanted), status, warning, key, text, after, limit);
    }

    /// The same for the page after a cursor.
    public EnvironmentQuery after(Optional<String> cursor) {
        return new EnvironmentQuery(tenant, state, status, warning, key, text, cursor, limit);
    }
}
