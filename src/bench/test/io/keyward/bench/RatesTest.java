package io.keyward.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.keyward.bench.measure.BenchException;
import io.keyward.bench.measure.FinalDecisions;
import io.keyward.bench.measure.MemoryAndDisk;
import io.keyward.bench.measure.Result;
import io.keyward.bench.measure.Subject;
import io.keyward.bench.measure.SubjectVariant;
import io.keyward.bench.measure.Usage;
import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.EncryptionState;
import io.keyward.decision.KeyReference;
import io.keyward.decision.RetainedKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `bin/bench --check` accepts and refuses.
class RatesTest {
    private static final String VAULT = "https://v.vault.azure.net";
    private static final Map<String, EncryptionDecision> OF_THE_PRODUCT =
            Map.of("contoso/hr", decision(), "contoso/finance", decision());

    @Test
    void theSameDecisionsPass() {
        assertEquals(
                List.of(
                        "keyward-memory: decides 2 environments as the product does",
                        "hand-written: decides 2 environments as the product does"),
                check(OF_THE_PRODUCT));
    }

    /// One decision that differs in one part, or is missing, or is too many.
    static Stream<Map<String, EncryptionDecision>> oneWrongDecision() {
        return Stream.concat(
                Stream.of(
                                decision("encryptionState", EncryptionState.MICROSOFT_MANAGED),
                                decision("policyId", "p2"),
                                decision("key", new KeyReference(VAULT, "k", "v2")),
                                decision("lockedSince", Instant.parse("2026-03-01T10:00:01Z")),
                                decision("retainUntil", List.of()))
                        .map(wrong -> Map.of("contoso/hr", wrong, "contoso/finance", decision())),
                Stream.of(
                        Map.of("contoso/hr", decision()),
                        Map.of("contoso/hr", decision(), "contoso/finance", decision(), "contoso/it", decision())));
    }

    @ParameterizedTest
    @MethodSource("oneWrongDecision")
    void oneWrongDecisionFails(Map<String, EncryptionDecision> wrong) {
        BenchException failure = assertThrows(BenchException.class, () -> check(wrong));
        assertEquals("hand-written decides 1 environments differently from the product", failure.getMessage());
    }

    @Test
    void withoutTheProductNothingPasses() {
        Rates rates = new Rates(List.of(result(Subject.HAND_WRITTEN, OF_THE_PRODUCT)));
        assertThrows(BenchException.class, rates::agreements);
    }

    private static List<String> check(Map<String, EncryptionDecision> ofThePeer) {
        return new Rates(List.of(
                        result(Subject.KEYWARD_MEMORY, OF_THE_PRODUCT), result(Subject.HAND_WRITTEN, ofThePeer)))
                .agreements();
    }

    private static Result result(Subject subject, Map<String, EncryptionDecision> decisions) {
        Map<String, Integer> last = decisions.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, decision -> FinalDecisions.digest(decision.getValue())));
        return new Result(
                SubjectVariant.standard(subject),
                1,
                new Usage(0, 0, 0, 0, 0, 0),
                1,
                new MemoryAndDisk(0, 0, 0),
                Optional.of(new FinalDecisions(last.size(), 0, 0, last)));
    }

    private static EncryptionDecision decision() {
        EncryptionDecision decision = new EncryptionDecision();
        decision.put("encryptionState", EncryptionState.LOCKED);
        decision.put("policyId", "p1");
        decision.put("key", new KeyReference(VAULT, "k", "v1"));
        decision.put("lockedSince", Instant.parse("2026-03-01T10:00:00Z"));
        decision.put("retainUntil", List.of(new RetainedKey(VAULT, "k", "v0", Instant.parse("2026-04-01T10:00:00Z"))));
        return decision;
    }

    private static EncryptionDecision decision(String field, Object wrong) {
        EncryptionDecision decision = decision();
        decision.put(field, wrong);
        return decision;
    }
}
