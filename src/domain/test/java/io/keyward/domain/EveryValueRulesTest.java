package io.keyward.domain;

import static io.keyward.domain.Facts.applied;
import static io.keyward.domain.Facts.day;
import static io.keyward.domain.Facts.revoked;
import static io.keyward.domain.Facts.snapshot;
import static io.keyward.domain.Facts.unpinned;
import static io.keyward.domain.Inventory.production;
import static io.keyward.domain.RuleTable.given;
import static io.keyward.domain.RuleTable.row;
import static io.keyward.domain.decision.WarningCode.ENVIRONMENT_NOT_ELIGIBLE;
import static io.keyward.domain.decision.WarningCode.KEY_REVOKED;
import static io.keyward.domain.event.Protection.MICROSOFT_MANAGED;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Rule;
import io.keyward.domain.event.EnvironmentType;
import io.keyward.domain.event.RevocationCause;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// R8 and R20: rows about every type of environment and every cause of a revocation. A new one is among them by
/// itself.
class EveryValueRulesTest {
    @TestFactory
    Stream<DynamicTest> eligibility() {
        return Arrays.stream(EnvironmentType.values()).map(type -> switch (type) {
            case PRODUCTION, SANDBOX, DEVELOPER, DEFAULT, UNKNOWN ->
                row(
                        "R8 type " + type + " is eligible",
                        under(Inventory.of(type)),
                        then -> then.is(EncryptionState.CUSTOMER_MANAGED, PolicyStatus.SUCCEEDED));
            case TRIAL, TEAMS ->
                row(
                        "R8 type " + type + " is not eligible",
                        under(Inventory.of(type).cloudFlows(1, day(1), day(1)).nonOAuthConnections(1)),
                        EveryValueRulesTest::refused);
        });
    }

    private static RuleTable.Given under(Inventory inventory) {
        return given(snapshot(day(1), inventory), applied(day(10), "p1", "k1"));
    }

    private static void refused(Outcome then) {
        then.is(EncryptionState.MICROSOFT_MANAGED, PolicyStatus.FAILED)
                .hasAllBut(MICROSOFT_MANAGED, Rule.R8)
                .warns(ENVIRONMENT_NOT_ELIGIBLE)
                .notSuppressed()
                .notLocked()
                .policy("p1")
                .noKey();
    }

    @TestFactory
    Stream<DynamicTest> causes() {
        return Arrays.stream(RevocationCause.values())
                .map(cause -> row(
                        "R20 cause " + cause + " locks",
                        given(
                                snapshot(day(1), production()),
                                applied(day(2), "p1", "k1"),
                                revoked(day(5), unpinned("k1"), cause)),
                        then -> then.is(EncryptionState.LOCKED, PolicyStatus.WARNING)
                                .says(KEY_REVOKED, ": " + cause.describe(Optional.empty()) + " on ")));
    }
}
