package io.keyward.cli.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.client.Topic;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.read.OutputRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reports on behalf of the services that store the components of the sandbox's environments, as if every decision
/// were enforced at once. So a rotation is proven a moment after it was decided.
///
/// It reports once for each desired state that is not proven. It does not report on a locked environment, because
/// nothing can be read there.
final class ComponentReporter {
    private static final long ITEMS = 100;

    /// The decisions that are not reported on yet, by their record keys.
    private final Map<String, ObjectNode> latest = new HashMap<>();

    /// Environment and component → since when the state that was last reported has been desired.
    private final Map<String, String> answered = new HashMap<>();

    /// Notes what has been published.
    void note(OutputRecord output) {
        if (output.topic() == Topic.ENCRYPTION_DECISIONS) {
            switch (output) {
                case OutputRecord.Published published -> latest.put(published.key(), published.value());
                case OutputRecord.Retracted retracted -> latest.remove(retracted.key());
                case OutputRecord.Refused _ -> {
                    // not a decision
                }
            }
        }
    }

    /// The reports on what has been noted since the last call.
    List<EventLine> reports(Instant now) {
        List<EventLine> reports = new ArrayList<>();
        latest.forEach((key, decision) -> {
            if (!decision.path("encryptionState").asText().equals("LOCKED")) {
                decision.path("enforcement").forEach(entry -> {
                    String component = entry.path("component").asText();
                    String since = entry.path("desiredSince").asText();
                    boolean open = !entry.path("status").asText().equals("ENFORCED");
                    if (open && !since.equals(answered.put(key + "/" + component, since))) {
                        reports.add(
                                EventLine.parse(report(decision, component, now).toString()));
                    }
                });
            }
        });
        latest.clear();
        return reports;
    }

    private static ObjectNode report(ObjectNode decision, String component, Instant now) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        String environment = decision.path("environmentId").asText();
        value.put("eventId", "sandbox-" + environment + "-" + component + "-" + now);
        value.set("tenantId", decision.path("tenantId"));
        value.put("occurredAt", now.toString());
        value.put("source", "sandbox");
        value.put("environmentId", environment);
        value.put("component", component);
        value.put("phase", "SUCCEEDED");
        value.set("items", items(decision, component));
        value.put("complete", true);
        return JsonNodeFactory.instance
                .objectNode()
                .put("topic", Topic.ENFORCEMENT_REPORTED.baseName())
                .set("value", value);
    }

    /// The items as decided: under the customer's key, under both, or under the Microsoft-managed key. No items
    /// are reported under a key without a known version, because reports name versions.
    private static ArrayNode items(ObjectNode decision, String component) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        String protection = protection(decision, component);
        boolean underKey = protection.equals("CUSTOMER_MANAGED") || protection.equals("MIXED");
        if (underKey && decision.path("key").hasNonNull("keyVersion")) {
            items.addObject().put("count", ITEMS).set("key", decision.path("key"));
        }
        if (!protection.equals("CUSTOMER_MANAGED")) {
            items.addObject().put("count", ITEMS);
        }
        return items;
    }

    private static String protection(ObjectNode decision, String component) {
        for (JsonNode entry : decision.path("components")) {
            if (entry.path("component").asText().equals(component)) {
                return entry.path("protection").asText();
            }
        }
        return "";
    }
}
