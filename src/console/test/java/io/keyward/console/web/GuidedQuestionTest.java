package io.keyward.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.topology.contract.EventLine;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each guided question is an event line.
class GuidedQuestionTest {
    private static final Instant NOW = Instant.parse("2026-08-01T00:00:00Z");

    @ParameterizedTest
    @EnumSource
    void isAnEventOfThisMoment(GuidedQuestion question) {
        Map<String, String> examples = question.fields().stream()
                .filter(GuidedQuestion.Field::required)
                .collect(Collectors.toMap(GuidedQuestion.Field::parameter, GuidedQuestion.Field::example));
        EventLine line = EventLine.parse(question.line(examples, NOW));
        assertThat(line.occurredAt()).contains(NOW);
        assertThat(line.value()).isPresent();
    }

    @Test
    void blankFieldsAreLeftOutAndTheKeyOfAPolicyIsOneField() {
        assertThat(GuidedQuestion.APPLY.line(
                        Map.of(
                                "tenantId", "contoso",
                                "environmentId", "hr",
                                "policyId", "p",
                                "vaultUri", "https://kv.example",
                                "keyName", "main",
                                "keyVersion", " "),
                        NOW))
                .isEqualTo("""
                        {"topic":"policy-applied","value":{"eventId":"what-if-1785542400000","occurredAt":"2026-08-01T00:00:00Z",\
                        "tenantId":"contoso","environmentId":"hr","policyId":"p",\
                        "key":{"vaultUri":"https://kv.example","keyName":"main"}}}""");
    }
}
