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

/// Which revision proved each component to be encrypted as decided: the first one that says ENFORCED with the
/// current `desiredSince` (R29).
///
/// It walks back from the current revision as far as revisions are known without a gap. Compaction and the bounds
/// of timelines leave gaps, and a revision in a gap could be an earlier proof.
///
/// @param published the current publications
/// @param decisions records of decisions by revision, as far as they are known
record Proofs(Published published, Map<Long, Read> decisions) {
    /// The record of a decision.
    ///
    /// @param before the cursor of the timeline page that begins with it; empty if no record is newer
    record Read(ObjectNode value, Optional<String> before) {}

    /// What the revisions say of a component, walking back from the current one.
    private static final class Walk {
        private Optional<Long> proof = Optional.empty();
        private boolean notEnforced;
        private boolean interrupted;
        private boolean ended;

        void add(long revision, boolean enforced) {
            if (enforced) {
                proof = Optional.of(revision);
                interrupted = notEnforced;
            } else {
                notEnforced = true;
            }
        }
    }

    /// Whether older records cannot change the answer.
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
        walk.add(published.revision(), now.status() == EnforcementStatus.ENFORCED);
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
        Optional<JsonNode> found = entry(decision, component);
        if (found.map(entry -> Instant.parse(entry.path("desiredSince").asText()))
                .equals(Optional.of(now.desiredSince()))) {
            // A status that this release does not know counts as not ENFORCED.
            walk.add(revision, found.get().path("status").asText().equals(EnforcementStatus.ENFORCED.name()));
            walk.ended = began(revision, now);
        } else {
            // Decisions about a deleted environment list no components.
            boolean deleted = decision.path("encryptionState").asText().equals(EncryptionState.DELETED.name());
            walk.ended = found.isPresent() || !deleted;
        }
    }

    /// Whether the event of that revision made the key desired. Then no earlier revision has
    /// the same `desiredSince`.
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
