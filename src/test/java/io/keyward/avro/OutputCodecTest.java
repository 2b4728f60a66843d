package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.json.AvroJson;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.decision.Suppressed;
import io.keyward.domain.decision.WarningCode;
import io.keyward.domain.decision.WarningKey;
import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.time.Instant;
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

    static Stream<Long> seeds() {
        return RandomDomain.seeds();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPublicationSurvivesItsRecord(long seed) {
        for (var publication : new RandomDomain(seed).publications()) {
            assertThat(OutputCodec.write(publication).map(AvroBytes::sent).map(PublicationReader::read))
                    .as("seed %d", seed)
                    .contains(publication);
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
        var suppression = new Publication.OfSuppression(
                TENANT, ENVIRONMENT, "TENANT_REPORTING", new Suppressed(T1, Rule.R14), 2, "2024-07-23", CAUSE);

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
        var allowance = new Publication.OfAllowance(
                TENANT, ENVIRONMENT, "TENANT_REPORTING", T1, T2, Rule.R1, 3, "2024-07-23", CAUSE);

        assertThat(OutputCodec.write(allowance))
                .hasValueSatisfying(
                        value -> assertThat(AvroJson.write(value).toString()).contains("""
                                "action":"ALLOW","effectiveFrom":"2026-03-02T10:00:00Z",\
                                "gapFrom":"2026-03-01T10:00:00Z","gapTo":"2026-03-02T10:00:00Z","reason":"R1\""""));
    }

    @ParameterizedTest
    @EnumSource(WarningCode.class)
    void aWarningBringsSeverityAndRemediationOfItsCode(WarningCode code) {
        var warning = new Publication.OfWarning(
                TENANT,
                Optional.of(ENVIRONMENT),
                new WarningKey(code, Optional.empty()),
                "What is the matter.",
                T1,
                Optional.empty(),
                "2024-07-23",
                CAUSE);

        assertThat(OutputCodec.write(warning)).hasValueSatisfying(value -> {
            var json = AvroJson.write(value);
            assertThat(json.get("code").textValue()).isEqualTo(code.name());
            assertThat(json.get("severity").textValue())
                    .isEqualTo(warning.warning().severity().name());
            assertThat(json.get("remediation").textValue()).isEqualTo(code.remediation());
            assertThat(json.get("status").textValue()).isEqualTo("RAISED");
            assertThat(json.has("clearedAt")).isFalse();
        });
    }

    @Test
    void aWarningWithATimeOfClearingIsCleared() {
        var warning = new Publication.OfWarning(
                TENANT,
                Optional.empty(),
                new WarningKey(WarningCode.ENVIRONMENT_LIMIT_NEAR, Optional.empty()),
                "It is over.",
                T1,
                Optional.of(T2),
                "2024-07-23",
                CAUSE);

        assertThat(OutputCodec.write(warning)).hasValueSatisfying(value -> {
            var json = AvroJson.write(value);
            assertThat(json.get("status").textValue()).isEqualTo("CLEARED");
            assertThat(json.get("clearedAt").textValue()).isEqualTo("2026-03-02T10:00:00Z");
            assertThat(json.has("environmentId")).isFalse();
        });
    }
}
