package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import example.CloudEvent;
import io.keyward.decision.WarningStatus;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The events of the example that posts incidents.
class CloudEventTest {
    private static final String KEY = "acme/prod/KEY_REVOKED";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void itTellsTheIncidentAndWhatTheRecordSays() throws IOException {
        Notice notice = new Notice(
                Notice.Kind.CLOSED, KEY + "/A", KEY, Optional.of(SampleWarning.of(KEY, "A", 3, WarningStatus.CLEARED)));

        assertThat(JSON.readTree(CloudEvent.of(notice))).isEqualTo(JSON.readTree("""
                {
                  "specversion": "1.0",
                  "id": "acme/prod/KEY_REVOKED/A/3",
                  "source": "/keyward/warnings",
                  "type": "io.keyward.warning.closed",
                  "subject": "acme/prod/KEY_REVOKED/A",
                  "time": "2026-03-01T10:00:03Z",
                  "datacontenttype": "application/json",
                  "data": {
                    "key": "acme/prod/KEY_REVOKED",
                    "tenantId": "acme",
                    "environmentId": "prod",
                    "environmentName": null,
                    "code": "KEY_REVOKED",
                    "sequence": 3,
                    "severity": "CRITICAL",
                    "message": "The key \\"k1\\" was revoked.",
                    "remediation": "Restore it.",
                    "raisedAt": "2026-03-01T10:00:00Z",
                    "clearedAt": "2026-03-01T10:00:03Z",
                    "subjects": [],
                    "subjectCount": 0
                  }
                }
                """));
    }

    @Test
    void withoutARecordItIsTheLastOfTheIncident() throws IOException {
        Notice notice = new Notice(Notice.Kind.CLOSED, KEY + "/A", KEY, Optional.empty());

        assertThat(JSON.readTree(CloudEvent.of(notice))).isEqualTo(JSON.readTree("""
                {
                  "specversion": "1.0",
                  "id": "acme/prod/KEY_REVOKED/A/closed",
                  "source": "/keyward/warnings",
                  "type": "io.keyward.warning.closed",
                  "subject": "acme/prod/KEY_REVOKED/A",
                  "datacontenttype": "application/json",
                  "data": {"key": "acme/prod/KEY_REVOKED"}
                }
                """));
    }
}
