package io.keyward.console.web;

import io.keyward.console.replica.EnvironmentQuery;
import io.keyward.console.replica.EnvironmentRow;
import io.keyward.console.replica.ReplicaView;
import io.keyward.domain.decision.Decision;
import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.EnforcementStatus;
import io.keyward.domain.event.Component;
import io.keyward.domain.event.EnforcementReport;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.PartName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Events of services that report. The lines are those of a tenant: a rotation that one environment follows
/// wholly, and of which the other one shows every status. To be read at [ConsoleProgram#NOW].
final class ReportedSample {
    static final String TENANT = "relecloud";
    static final String VAULT = "kv-relecloud.vault.azure.net";

    private static final List<String> FOLLOWING = List.of(
            "DATAVERSE",
            "CLOUD_FLOWS",
            "DESKTOP_FLOWS",
            "FLOW_RUN_HISTORY",
            "OAUTH_CONNECTIONS",
            "HOSTED_MACHINE_GROUPS");

    private final List<String> lines = new ArrayList<>();

    private ReportedSample() {}

    static List<String> lines() {
        ReportedSample sample = new ReportedSample();
        sample.rotated("2026-06-01T06:00:00Z", "v1");
        for (String environment : List.of("archive-prod", "archive-test")) {
            sample.environment(environment);
        }
        sample.rotated("2026-08-01T06:00:00Z", "v2");
        sample.allProven("archive-test");
        sample.everyStatus("archive-prod");
        return List.copyOf(sample.lines);
    }

    private void allProven(String environment) {
        int hour = 10;
        for (String component : FOLLOWING) {
            report(environment, component, "", "2026-08-01T" + hour++ + ":00:00Z", items("v2", 240), "");
        }
    }

    private void everyStatus(String environment) {
        // Enforced by two parts, the second of which took a day.
        String parts = "\"parts\":[\"eu\",\"us\"],";
        report(environment, "DATAVERSE", "eu", "2026-08-01T09:00:00Z", items("v2", 81_204), parts);
        report(
                environment,
                "DATAVERSE",
                "us",
                "2026-08-01T10:00:00Z",
                items("v1", 12) + "," + items("v2", 9_100),
                parts);
        report(environment, "DATAVERSE", "us", "2026-08-02T05:00:00Z", items("v2", 9_112), parts);
        // Of three parts, one goes on and one is silent.
        String stores = "\"parts\":[\"store-1\",\"store-2\",\"store-3\"],";
        report(environment, "CLOUD_FLOWS", "store-1", "2026-08-01T09:30:00Z", items("v2", 410), stores);
        report(
                environment,
                "CLOUD_FLOWS",
                "store-2",
                "2026-08-03T09:30:00Z",
                items("v1", 38) + "," + items("v2", 112) + ",{\"count\":3}",
                stores + "\"phase\":\"RUNNING\",\"complete\":false,");
        // Failed items.
        report(environment, "DESKTOP_FLOWS", "", "2026-08-02T07:00:00Z", items("v1", 2) + "," + items("v2", 64), """
                "phase":"FAILED","failedCount":2,"failed":[{"itemId":"invoice-import","reason":"It ran for 24 hours."},\
                {"itemId":"month-end <close>","reason":"Its owner has left."}],""");
        // Proven, then drifted, also to a key of no known policy.
        report(environment, "OAUTH_CONNECTIONS", "", "2026-08-01T08:00:00Z", items("v2", 9), "");
        report(
                environment,
                "OAUTH_CONNECTIONS",
                "",
                "2026-08-03T22:00:00Z",
                items("v2", 8) + "," + items("v0", 1) + "," + items("v1", 3).replace("archive", "nobodys"),
                "");
        // What never follows.
        report(environment, "NON_OAUTH_CONNECTIONS", "", "2026-08-01T08:00:00Z", "{\"count\":17}", "");
    }

    /// Reports that every environment is as its decision says, so that nothing of it is late. Nothing
    /// can be read in a locked one.
    static List<Event> promptly(ReplicaView view, Instant at) {
        return view.environments(EnvironmentQuery.all(1_000)).entries().stream()
                .flatMap(row -> row.state().published().decision().stream()
                        .filter(decision -> decision.encryptionState() != EncryptionState.LOCKED)
                        .flatMap(decision -> decision.enforcement().entrySet().stream()
                                .filter(entry -> entry.getValue().status() != EnforcementStatus.ENFORCED)
                                .map(entry -> report(row, decision, entry.getKey(), at))))
                .toList();
    }

    private static Event report(EnvironmentRow row, Decision decision, Component component, Instant at) {
        boolean underKey = decision.components().get(component).protection().underCustomerKey();
        Optional<KeyReference> key = decision.key().filter(_ -> underKey);
        boolean nameable = key.isEmpty() || key.get().version().isPresent();
        return new Event.EnforcementReported(
                row.tenant(),
                new Stamp(at, new EventId("report-" + row.environment() + "-" + component)),
                row.environment(),
                component,
                PartName.ONLY,
                new EnforcementReport(
                        EnforcementReport.Phase.SUCCEEDED,
                        nameable ? List.of(new EnforcementReport.Items(key, 100)) : List.of(),
                        true,
                        0,
                        List.of()),
                List.of());
    }

    private void environment(String environment) {
        event("environment-changed", "s-" + environment, "2026-07-01T08:00:00Z", """
                "environmentId":"%s","type":"PRODUCTION","managed":true,"lifecycle":"ACTIVE","cloudFlows":{"count":0},\
                "desktopFlows":{"count":0}""".formatted(environment));
        event("policy-applied", "p-" + environment, "2026-07-01T09:00:00Z", """
                "environmentId":"%s","policyId":"cmk-archive",\
                "key":{"vaultUri":"https://%s","keyName":"archive"}""".formatted(environment, VAULT));
    }

    private void rotated(String at, String version) {
        event("key-rotated", "rotated-" + version, at, """
                "vaultUri":"https://%s","keyName":"archive","newVersion":"%s\"""".formatted(VAULT, version));
    }

    private static String items(String version, long count) {
        return """
                {"key":{"vaultUri":"https://%s","keyName":"archive","keyVersion":"%s"},"count":%d}""".formatted(VAULT, version, count);
    }

    /// A report of success on all items, unless `more` says otherwise.
    private void report(String environment, String component, String part, String at, String items, String more) {
        String phase = more.contains("\"phase\"") ? "" : "\"phase\":\"SUCCEEDED\",";
        String complete = more.contains("\"complete\"") ? "" : "\"complete\":true,";
        event("enforcement-reported", "r%d".formatted(lines.size()), at, """
                "environmentId":"%s","component":"%s","part":"%s",%s%s%s"items":[%s]""".formatted(
                        environment, component, part, phase, complete, more, items));
    }

    private void event(String topic, String id, String at, String fields) {
        lines.add("""
                {"topic":"%s","value":{"eventId":"%s","tenantId":"%s","occurredAt":"%s",%s}}""".formatted(topic, id, TENANT, at, fields));
    }
}
