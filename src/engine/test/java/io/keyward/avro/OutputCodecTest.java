package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.json.AvroJson;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Incident;
import io.keyward.domain.decision.IncidentId;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.Signal;
import io.keyward.domain.decision.TimeRange;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests that publications are written as the intended records, and read back from them.
class OutputCodecTest {

    private static final TenantId TENANT = new TenantId("t1");
    private static final EnvironmentId ENVIRONMENT = new EnvironmentId("env1");
    private static final Instant T1 = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant T2 = Instant.parse("2026-03-02T10:00:00Z");
    private static final Cause CAUSE = new Cause("PolicyApplied", "e1", T2, "cmk.policy-applied", 3, 17);
    private static final Publication.About ABOUT =
            new Publication.About(TENANT, Optional.of(ENVIRONMENT), Optional.of("Finance"), "2024-07-23", CAUSE);

    static Stream<Long> seeds() {
        return RandomDomain.seeds();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPublicationSurvivesItsRecord(long seed) {
        for (var publication : new RandomDomain(seed).publications()) {
            assertThat(OutputCodec.write(publication).map(AvroBytes::sent).map(PublicationReader::read))
                    .as("seed %d", seed)
                    .isEqualTo(Optional.of(publication));
        }
    }

    @ParameterizedTest
    @EnumSource(Publication.Kind.class)
    void aRetractionIsANullValue(Publication.Kind kind) {
        assertThat(OutputCodec.write(new Publication.Retraction(TENANT, kind, "t1/env1")))
                .isEmpty();
    }

    @Test
    void aSuppressionNamesNoGap() {
        var suppression = new Publication.OfSignal(
                "TENANT_REPORTING", new Signal(Signal.Action.SUPPRESS, T1, List.of()), Rule.R14, 2, ABOUT);

        assertThat(OutputCodec.write(suppression))
                .hasValueSatisfying(value -> assertThat(AvroJson.write(value)).hasToString("""
                        {"tenantId":"t1","environmentId":"env1","sink":"TENANT_REPORTING","action":"SUPPRESS",\
                        "effectiveFrom":"2026-03-01T10:00:00Z","reason":"R14","revision":2,\
                        "ruleProfile":"2024-07-23","cause":{"eventType":"PolicyApplied","eventId":"e1",\
                        "occurredAt":"2026-03-02T10:00:00Z","topic":"cmk.policy-applied","partition":3,\
                        "offset":17}}"""));
    }

    @Test
    void anAllowanceHoldsFromTheEndOfItsGap() {
        var allowance = new Publication.OfSignal(
                "TENANT_REPORTING",
                new Signal(
                        Signal.Action.ALLOW, T2, List.of(TimeRange.upTo(T1.minusSeconds(60)), new TimeRange(T1, T2))),
                Rule.R1,
                3,
                ABOUT);

        assertThat(OutputCodec.write(allowance)).hasValueSatisfying(value -> {
            String json = AvroJson.write(value).toString();
            assertThat(json).contains("""
                    "action":"ALLOW","effectiveFrom":"2026-03-02T10:00:00Z","reason":"R1\"""");
            assertThat(json).endsWith("""
                    "gaps":[{"until":"2026-03-01T09:59:00Z"},\
                    {"from":"2026-03-01T10:00:00Z","until":"2026-03-02T10:00:00Z"}]}""");
        });
    }

    @ParameterizedTest
    @EnumSource(WarningCode.class)
    void aWarningBringsSeverityAndRemediationOfItsCode(WarningCode code) {
        var warning = new Publication.OfWarning(
                code,
                new Incident(new IncidentId(4, "t-1", 0, 7), 1, T1, Severity.CRITICAL, List.of("a", "b"), 102, 7),
                "What is the matter.",
                Optional.empty(),
                ABOUT);

        assertThat(OutputCodec.write(warning)).hasValueSatisfying(value -> {
            var json = AvroJson.write(value);
            assertThat(json.get("code").textValue()).isEqualTo(code.name());
            assertThat(json.get("severity").textValue()).isEqualTo("CRITICAL");
            assertThat(json.get("remediation").textValue()).isEqualTo(code.remediation());
            assertThat(json.get("status").textValue()).isEqualTo("RAISED");
            assertThat(json.has("clearedAt")).isFalse();
        });
    }

    @Test
    void aWarningWithATimeOfClearingIsCleared() {
        var warning = new Publication.OfWarning(
                WarningCode.ENVIRONMENT_LIMIT_NEAR,
                new Incident(new IncidentId(4, "t-1", 0, 7), 3, T1, Severity.INFO, List.of(), 0, 7),
                "It is over.",
                Optional.of(T2),
                new Publication.About(TENANT, Optional.empty(), Optional.empty(), "2024-07-23", CAUSE));

        assertThat(OutputCodec.write(warning)).hasValueSatisfying(value -> {
            var json = AvroJson.write(value);
            assertThat(json.get("status").textValue()).isEqualTo("CLEARED");
            assertThat(json.get("clearedAt").textValue()).isEqualTo("2026-03-02T10:00:00Z");
            assertThat(json.has("environmentId")).isFalse();
        });
    }
}
