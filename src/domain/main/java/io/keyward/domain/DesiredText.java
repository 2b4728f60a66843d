package io.keyward.domain;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.Optional;

/// Says in two sentences, the first without a capital, under which key a component should be, since when, and what
/// happened then (R29).
record DesiredText(Situation s, ComponentEnforcement of) {
    @Override
    public String toString() {
        return "all items should be under " + Sentences.key(of.desired()) + ". This has been desired since "
                + Sentences.date(of.desiredSince()) + ", when " + what() + ".";
    }

    private String what() {
        Instant since = of.desiredSince();
        Optional<KeyPeriod> period = s.history().keyPeriod();
        if (of.desired().flatMap(KeyReference::version).isPresent()
                && since.equals(s.keyPeriod().versionInForceSince())) {
            return "that version came into force";
        }
        if (period.filter(p -> p.since().equals(since)).isPresent()) {
            return "the data came under the customer-managed key";
        }
        if (since.equals(s.lastUnlocked())) {
            return "the last lock ended";
        }
        if (s.enabledSince().equals(Optional.of(since))) {
            return "the environment was enabled";
        }
        return period.isEmpty()
                ? "the data left the customer-managed key"
                : "30 days had passed since the migration of flows ended";
    }
}
