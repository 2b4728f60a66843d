package io.keyward.console.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.console.answer.EnforcementAnswer.Proof;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.Enforcement;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.decision.Published;
import io.keyward.domain.event.Component;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// By which revision each component was proven to be encrypted as decided: the first one that says ENFORCED with the
/// present `desiredSince` (R29).
///
/// It goes back from the present revision as far as revisions are known without a gap: compaction and the bounds of
/// timelines leave gaps, and a revision in a gap could be an earlier proof.
///
/// @param published what is published now
/// @param decisions records of decisions by revision, as far as they are known
record Proofs(Published published, Map<Long, Read> decisions) {
    /// The record of a decision.
    ///
    /// @param before the cursor of the timeline's page that begins with it; empty if none is newer
    record Read(ObjectNode value, Optional<String> before) {}

    /// What the revisions from the present one back say of a component.
    private static final class Walk {
        private Optional<Long> proof = Optional.empty();
        private boolean otherwise;
        private boolean interrupted;
        private boolean ended;

        void says(long revision, boolean enforced) {
            if (enforced) {
                proof = Optional.of(revision);
                interrupted = otherwise;
            } else {
                otherwise = true;
            }
        }
    }

    /// Whether older records could not change the answer.
    boolean settled() {
        return now().entrySet().stream().allMatch(entry -> walk(entry.getKey(), entry.getValue()).ended);
    }

    /// The proof of each component that has one.
    Map<Component, Proof> all() {
        Map<Component, Proof> proofs = new EnumMap<>(Component.class);
        now().forEach((component, enforcement) -> {
            Walk walk = walk(component, enforcement);
            walk.proof.ifPresent(revision -> proofs.put(component, proof(revision, walk)));
        });
        return proofs;
    }

    private Map<Component, Enforcement> now() {
        return published.decision().map(Decision::enforcement).orElse(Map.of());
    }

    private Proof proof(long revision, Walk walk) {
        Optional<Read> read = Optional.ofNullable(decisions.get(revision));
        return new Proof(
                revision,
                read.flatMap(record -> PublishedRecords.time(record.value(), "decidedAt")),
                read.flatMap(record -> NamedCause.ofOutput(record.value())),
                walk.ended,
                walk.interrupted,
                read.flatMap(Read::before));
    }

    private Walk walk(Component component, Enforcement now) {
        Walk walk = new Walk();
        walk.says(published.revision(), now.status() == EnforcementStatus.ENFORCED);
        walk.ended = began(published.revision(), now);
        for (long revision = published.revision() - 1; !walk.ended; revision--) {
            if (revision == 0) {
                walk.ended = true;
            } else if (!decisions.containsKey(revision)) {
                break;
            } else {
                step(walk, revision, component, now);
            }
        }
        return walk;
    }

    private void step(Walk walk, long revision, Component component, Enforcement now) {
        ObjectNode decision = decisions.get(revision).value();
        Optional<JsonNode> said = entry(decision, component);
        if (said.map(entry -> Instant.parse(entry.path("desiredSince").asText()))
                .equals(Optional.of(now.desiredSince()))) {
            // A status that this release does not know is not ENFORCED.
            walk.says(revision, said.get().path("status").asText().equals(EnforcementStatus.ENFORCED.name()));
            walk.ended = began(revision, now);
        } else {
            // A deleted environment has no components, so its decisions say nothing of them.
            boolean deleted = decision.path("encryptionState").asText().equals(EncryptionState.DELETED.name());
            walk.ended = said.isPresent() || !deleted;
        }
    }

    /// Whether the event of that revision is what made it desired: no revision before it can say the same.
    private boolean began(long revision, Enforcement now) {
        return Optional.ofNullable(decisions.get(revision))
                .flatMap(read -> NamedCause.ofOutput(read.value()))
                .filter(cause -> cause.occurredAt().equals(now.desiredSince()))
                .isPresent();
    }

    private static Optional<JsonNode> entry(ObjectNode decision, Component component) {
        for (JsonNode entry : decision.path("enforcement")) {
            if (entry.path("component").asText().equals(component.name())) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
