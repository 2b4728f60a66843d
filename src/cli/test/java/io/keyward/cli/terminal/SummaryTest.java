package io.keyward.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final String ENABLED = ", 'enabledSince': '2026-03-02T09:14:00Z'";
    private static final String OPEN = ", 'openWarnings': ['KEY_REVOKED', 'RETAIN_KEY']";

    private final Summary summary = new Summary();

    @Test
    void theLatestDecisionOfAnEnvironmentCounts() {
        summary.add(Outcomes.decision("contoso", "hr", "CUSTOMER_MANAGED", "SUCCEEDED"));
        summary.add(Outcomes.decision("contoso", "hr", "LOCKED", "WARNING"));

        assertThat(row("contoso/hr")).containsSubsequence("LOCKED", "WARNING", "kv-contoso/hr v3");
    }

    @Test
    void componentsAreLettersInTheirFixedOrder() {
        summary.add(Outcomes.decision(
                "contoso",
                "hr",
                "CUSTOMER_MANAGED",
                "WARNING",
                ", 'components': [{'protection': 'CUSTOMER_MANAGED'}, {'protection': 'MIXED'},"
                        + " {'protection': 'MICROSOFT_MANAGED'}, {'protection': 'PENDING_REPROVISION'},"
                        + " {'protection': 'LOCKED'}, {'protection': 'UNDETERMINED'}],"
                        + " 'suppressedSinks': ['A', 'B'], 'openWarnings': ['X', 'Y/z']"));

        assertThat(row("contoso/hr")).containsSubsequence(" CXMPL? ", " 2 ", " X, Y/z");
    }

    @Test
    void onANarrowTerminalNothingIsCutOff() {
        summary.add(Outcomes.decision(
                "contoso",
                "hr",
                "CUSTOMER_MANAGED",
                "WARNING",
                ", 'suppressedSinks': ['A', 'B'], 'openWarnings': ['FLOWS_ON_MICROSOFT_MANAGED_KEY',"
                        + " 'HOSTED_MACHINES_NOT_ENCRYPTED', 'NON_OAUTH_CONNECTIONS']"));

        assertThat(printed(new Terminal(true, false, 80)))
                .noneMatch(line -> line.contains("…"))
                .containsSubsequence(
                        "contoso/hr   CUSTOMER_MANAGED  WARNING  kv-contoso/hr v3  -           2",
                        "    FLOWS_ON_MICROSOFT_MANAGED_KEY, HOSTED_MACHINES_NOT_ENCRYPTED,",
                        "    NON_OAUTH_CONNECTIONS");
    }

    @Test
    void aPurgedEnvironmentIsGone() {
        summary.add(Outcomes.decision("contoso", "hr", "CUSTOMER_MANAGED", "SUCCEEDED"));
        summary.add(Outcomes.retracted(Topic.ENCRYPTION_DECISIONS, "contoso/hr"));

        assertThat(printed()).noneMatch(line -> line.contains("contoso/hr"));
    }

    @Test
    void neighboursThatAreAlikeShareARow() {
        for (String environment : List.of("shop-01", "shop-02", "shop-03", "shop-05")) {
            summary.add(Outcomes.decision("contoso", environment, "CUSTOMER_MANAGED", "SUCCEEDED"));
        }
        summary.add(Outcomes.decision("contoso", "shop-04", "LOCKED", "WARNING"));

        assertThat(printed().stream().filter(line -> line.startsWith("contoso/shop")))
                .satisfiesExactly(
                        alike -> assertThat(alike).startsWith("contoso/shop-01 … 03 "),
                        other -> assertThat(other).startsWith("contoso/shop-04 "),
                        last -> assertThat(last).startsWith("contoso/shop-05 "));
    }

    @Test
    void slotsAreCountedPerTenant() {
        summary.add(Outcomes.decision("contoso", "a", "CUSTOMER_MANAGED", "SUCCEEDED", ENABLED));
        summary.add(Outcomes.decision("contoso", "b", "LOCKED", "WARNING", ENABLED));
        summary.add(Outcomes.decision(
                "contoso",
                "unknown",
                "CUSTOMER_MANAGED",
                "WARNING",
                ENABLED + ", 'openWarnings': ['INVENTORY_UNKNOWN']"));
        summary.add(Outcomes.decision(
                "contoso", "late", "CUSTOMER_MANAGED", "WARNING", ", 'openWarnings': ['ENVIRONMENT_LIMIT_EXCEEDED']"));

        assertThat(printed()).contains("Tenant     contoso  2 environments enabled, 1 waiting for a slot");
    }

    @Test
    void warningsAboutTheTenantAreNamedWhileTheyAreOpen() {
        summary.add(Outcomes.decision("contoso", "a", "MICROSOFT_MANAGED", "NONE"));
        summary.add(Outcomes.warningOfTenant("ENVIRONMENT_LIMIT_NEAR", "RAISED"));

        assertThat(printed()).contains("Tenant     contoso  0 environments enabled, ENVIRONMENT_LIMIT_NEAR");

        summary.add(Outcomes.warningOfTenant("ENVIRONMENT_LIMIT_NEAR", "CLEARED"));

        assertThat(printed()).contains("Tenant     contoso  0 environments enabled");
    }

    @Test
    void whatWasPublishedIsCounted() {
        summary.add(Outcomes.decision("contoso", "hr", "LOCKED", "WARNING"));
        summary.add(Outcomes.warning("KEY_REVOKED", "CRITICAL", "RAISED"));
        summary.add(Outcomes.warning("KEY_REVOKED", "CRITICAL", "CLEARED"));
        summary.add(Outcomes.signal("hr", "TENANT_REPORTING", "SUPPRESS"));
        summary.add(Outcomes.signal("hr", "TENANT_REPORTING", "ALLOW"));
        summary.add(Outcomes.retracted(Topic.WARNINGS, "contoso/hr/KEY_REVOKED"));
        summary.add(Outcomes.refused());

        assertThat(printed())
                .contains(
                        "Published  1 decision, 1 warning raised, 0 updated and 1 cleared, 1 suppression and 1 allowance,"
                                + " 1 tombstone, 1 dead letter");
    }

    /// Reading all rows again for each row would take too long for many rows.
    @Test
    void theTableLooksAtEachRowAFewTimesOnly() {
        AtomicInteger looks = new AtomicInteger();
        SummaryTable.Row row = new SummaryTable.Row(
                SummaryTable.NumberedName.of("contoso/hr"),
                SummaryTable.NumberedName.of("contoso/hr"),
                Collections.nCopies(6, new TextTable.Cell(Colour.PLAIN, "-")));
        List<SummaryTable.Row> rows = new AbstractList<>() {
            @Override
            public SummaryTable.Row get(int index) {
                looks.incrementAndGet();
                return row;
            }

            @Override
            public int size() {
                return 200;
            }
        };

        new SummaryTable(rows).lines(400);

        assertThat(looks.get()).isLessThanOrEqualTo(10 * rows.size());
    }

    @Test
    void veryManyEnvironmentsAreCountedInsteadOfListed() {
        for (int number = 0; number < 500; number++) {
            summary.add(Outcomes.decision("tenant-" + number, "hr", "LOCKED", "WARNING", OPEN));
            summary.add(Outcomes.decision("tenant-" + number, "it", "CUSTOMER_MANAGED", "SUCCEEDED", ENABLED));
        }
        summary.add(Outcomes.warningOfTenant("ENVIRONMENT_LIMIT_NEAR", "RAISED"));

        assertThat(printed())
                .hasSizeLessThan(30)
                .contains(
                        "Environments  1,000, too many to list",
                        "State",
                        "  CUSTOMER_MANAGED       500",
                        "  LOCKED                 500",
                        "Policy",
                        "  SUCCEEDED       500",
                        "  WARNING         500",
                        "Open warnings",
                        "  KEY_REVOKED       500",
                        "  RETAIN_KEY        500",
                        "Tenants    501, 500 environments enabled, 0 waiting for a slot, ENVIRONMENT_LIMIT_NEAR: 1");
    }

    @Test
    void aFewHundredAreStillListed() {
        for (int number = 0; number < 300; number++) {
            summary.add(Outcomes.decision("contoso", "env-" + number + "-x", "LOCKED", "WARNING"));
        }

        assertThat(printed().stream().filter(line -> line.startsWith("contoso/env-")))
                .hasSize(300);
    }

    private String row(String environment) {
        return printed().stream()
                .filter(line -> line.startsWith(environment))
                .findFirst()
                .orElseThrow();
    }

    private List<String> printed() {
        return printed(Terminal.PLAIN);
    }

    private List<String> printed(Terminal terminal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        summary.print(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
