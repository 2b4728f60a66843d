package io.keyward.domain;

import io.keyward.domain.decision.ComponentEnforcement;
import io.keyward.domain.id.KeyReference;
import java.time.Instant;
import java.util.Optional;

/// Says under which key a component should be, since when, and what began then (R29).
record DesiredText(Situation s, ComponentEnforcement of) {
    @Override
    public String toString() {
        return Sentences.key(of.desired()) + ", as has been desired since " + Sentences.date(of.desiredSince())
                + ", when " + what();
    }

    private String what() {
        Instant since = of.desiredSince();
        Optional<KeyPeriod> period = s.history().keyPeriod();
        if (of.desired().flatMap(KeyReference::version).isPresent()
                && since.equals(s.keyPeriod().versionInForceSince())) {
            return "that version came into force here";
        }
        if (period.filter(p -> p.since().equals(since)).isPresent()) {
            return "the data came under its key";
        }
        if (since.equals(s.lastUnlocked())) {
            return "the last lock ended";
        }
        if (s.enabledSince().equals(Optional.of(since))) {
            return "the environment was enabled";
        }
        return period.isEmpty()
                ? "the data left its customer-managed key"
                : "the run history from before the migration had ended";
    }
}
