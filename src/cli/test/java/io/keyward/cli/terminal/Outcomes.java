package io.keyward.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.client.Topic;
import io.keyward.topology.read.OutputRecord;
import java.time.Instant;
import java.util.Optional;

/// Output records for the tests of this package, described by their relevant fields only.
final class Outcomes {
    static final Instant TAKEN_IN = Instant.parse("2026-03-02T09:15:30Z");

    private static final JsonMapper JSON = new JsonMapper();
    private static final String KEY =
            "{'vaultUri': 'https://kv-contoso.vault.azure.net', 'keyName': 'hr', 'keyVersion': 'v3'}";

    private Outcomes() {}

    static OutputRecord.Published decision(String tenant, String environment, String state, String status) {
        return decision(tenant, environment, state, status, "");
    }

    /// @param more further members, each with a comma before it
    static OutputRecord.Published decision(
            String tenant, String environment, String state, String status, String more) {
        return published(Topic.ENCRYPTION_DECISIONS, tenant + "/" + environment, """
                {'tenantId': '%s', 'environmentId': '%s', 'revision': 2, 'decidedAt': '2026-03-02T09:14:00Z',
                 'encryptionState': '%s', 'policyStatus': '%s', 'key': %s %s}""".formatted(
                        tenant, environment, state, status, KEY, more));
    }

    static OutputRecord.Published warning(String code, String severity, String status) {
        return published(Topic.WARNINGS, "contoso/hr/" + code, """
                {'tenantId': 'contoso', 'environmentId': 'hr', 'code': '%s', 'severity': '%s', 'status': '%s',
                 'message': 'All is published.', 'raisedAt': '2026-03-02T09:14:00Z', 'clearedAt': '2026-03-05T10:00:00Z'}""".formatted(code, severity, status));
    }

    /// A record of an incident that is raised by the first.
    static OutputRecord.Published incident(int sequence, String severity, String subjects, String message) {
        return published(Topic.WARNINGS, "contoso/hr/REPROVISION", """
                {'tenantId': 'contoso', 'environmentId': 'hr', 'code': 'REPROVISION', 'incident': 'one', 'sequence': %d,
                 'status': '%s', 'severity': '%s', 'subjects': %s, 'message': '%s',
                 'raisedAt': '2026-03-02T09:14:00Z',
                 'cause': {'occurredAt': '2026-03-02T09:14:00Z'}}""".formatted(
                        sequence, sequence == 1 ? "RAISED" : "UPDATED", severity, subjects, message));
    }

    static OutputRecord.Published warningOfTenant(String code, String status) {
        return published(
                Topic.WARNINGS,
                "contoso//" + code,
                "{'tenantId': 'contoso', 'code': '%s', 'severity': 'INFO', 'status': '%s'}".formatted(code, status));
    }

    static OutputRecord.Published signal(String environment, String sink, String action) {
        return published(Topic.ANALYTICS_SUPPRESSIONS, "contoso/" + environment + "/" + sink, """
                {'tenantId': 'contoso', 'environmentId': '%s', 'sink': '%s', 'action': '%s', 'revision': 2,
                 'effectiveFrom': '2026-03-02T09:14:00Z', 'gaps': %s,
                 'cause': {'occurredAt': '2026-03-02T09:14:00Z'}}""".formatted(
                        environment,
                        sink,
                        action,
                        action.equals("SUPPRESS")
                                ? "[]"
                                : "[{'until': '2026-02-01T00:00:00Z'},"
                                        + "{'from': '2026-03-02T09:14:00Z', 'until': '2026-04-01T00:00:00Z'}]"));
    }

    static OutputRecord.Refused refused() {
        return refused("{'topic': 'policy-applied', 'line': 17}");
    }

    static OutputRecord.Refused refused(String source) {
        return new OutputRecord.Refused(
                Optional.of("contoso"), "INVALID_ID", "environmentId is blank.", json(source), TAKEN_IN);
    }

    static OutputRecord.Retracted retracted(Topic topic, String key) {
        return new OutputRecord.Retracted(topic, key, TAKEN_IN);
    }

    private static OutputRecord.Published published(Topic topic, String key, String value) {
        return new OutputRecord.Published(topic, key, json(value), TAKEN_IN);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException mistake) {
            throw new IllegalArgumentException(mistake);
        }
    }
}
