package io.keyward.console.answer;

import io.keyward.domain.Facts;
import io.keyward.domain.decision.ComponentProtection;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Published;
import io.keyward.domain.event.Component;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Decisions with the protection of components and their enforcement.
final class Decisions {
    private Decisions() {}

    /// @param version empty where none is known
    static Decision of(
            String key,
            String version,
            Map<Component, ComponentProtection> components,
            Map<Component, Enforcement> enforcement) {
        return new Decision(
                EncryptionState.CUSTOMER_MANAGED,
                PolicyStatus.SUCCEEDED,
                Optional.empty(),
                Optional.of(new KeyReference(
                        Facts.key(key),
                        Optional.of(version).filter(named -> !named.isEmpty()).map(KeyVersion::new))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                components,
                List.of(),
                enforcement);
    }

    static Published published(long revision, Decision decision) {
        return new Published(revision, Optional.of(decision), new TreeMap<>(), new TreeMap<>());
    }
}
