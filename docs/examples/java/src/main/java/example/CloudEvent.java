package example;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.client.Notice;
import io.keyward.decision.Warning;
import java.util.Locale;

/** A notice as a CloudEvent 1.0 in structured mode. */
public final class CloudEvent {
    public static final String MEDIA_TYPE = "application/cloudevents+json";

    private static final String SOURCE = "/keyward/warnings";
    private static final ObjectMapper JSON = new ObjectMapper();

    private CloudEvent() {}

    /**
     * The same notice always has the same id, so that receivers find repeated ones. Where no record says that the
     * incident has ended, there is no sequence and no time; it is the last event of the incident.
     */
    public static String of(Notice notice) {
        String kind = notice.kind().name().toLowerCase(Locale.ROOT);
        String number = notice.warning()
                .map(warning -> Integer.toString(warning.getSequence()))
                .orElse(kind);
        ObjectNode event = JSON.createObjectNode()
                .put("specversion", "1.0")
                .put("id", notice.id() + "/" + number)
                .put("source", SOURCE)
                .put("type", "io.keyward.warning." + kind)
                .put("subject", notice.id())
                .put("datacontenttype", "application/json");
        notice.warning()
                .ifPresent(warning ->
                        event.put("time", warning.getCause().getOccurredAt().toString()));
        ObjectNode data = event.putObject("data").put("key", notice.key());
        notice.warning().ifPresent(warning -> describe(warning, data));
        return event.toString();
    }

    private static void describe(Warning warning, ObjectNode data) {
        data.put("tenantId", warning.getTenantId())
                .put("environmentId", warning.getEnvironmentId())
                .put("environmentName", warning.getEnvironmentName())
                .put("code", warning.getCode())
                .put("sequence", warning.getSequence())
                .put("severity", warning.getSeverity().name())
                .put("message", warning.getMessage())
                .put("remediation", warning.getRemediation())
                .put("raisedAt", warning.getRaisedAt().toString())
                .put("subjectCount", warning.getSubjectCount());
        if (warning.getClearedAt() != null) {
            data.put("clearedAt", warning.getClearedAt().toString());
        }
        warning.getSubjects().forEach(data.putArray("subjects")::add);
    }
}
