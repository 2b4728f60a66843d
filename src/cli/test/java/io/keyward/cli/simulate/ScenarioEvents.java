package io.keyward.cli.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.keyward.topology.contract.EventLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// Turns the short events of scenario files into event lines, with defaults for what a scenario leaves out.
final class ScenarioEvents {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern RANGE = Pattern.compile("(.*)\\{(\\d+)\\.\\.(\\d+)}(.*)");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}( \\d{2}:\\d{2}(:\\d{2})?)?");

    /// What short members stand for.
    private static final Map<String, BiConsumer<ObjectNode, String>> WORDS = Map.of(
            "at", (event, time) -> event.put("occurredAt", time),
            "id", (event, id) -> event.put("eventId", id),
            "tenant", (event, tenant) -> event.put("tenantId", tenant),
            "environment", ScenarioEvents::environment,
            "policy", (event, policy) -> event.put("policyId", policy),
            "key", ScenarioEvents::key,
            "version", (event, version) -> event.put("keyVersion", version),
            "limit", (event, limit) -> event.put("environmentLimit", Integer.parseInt(limit)));

    private ScenarioEvents() {}

    /// The event lines of a scenario, in order.
    static List<EventLine> of(JsonNode events) {
        List<EventLine> lines = new ArrayList<>();
        for (JsonNode event : events) {
            Map.Entry<String, JsonNode> named = event.properties().iterator().next();
            String at = named.getValue().path("environment").asText();
            for (String name : expand(at)) {
                lines.add(EventLine.parse(line(named.getKey(), named.getValue(), name, lines.size() + 1)
                        .toString()));
            }
        }
        return lines;
    }

    /// The names in a name with a range, such as `shop-{01..25}`.
    static List<String> expand(String name) {
        Matcher range = RANGE.matcher(name);
        if (!range.matches()) {
            return List.of(name);
        }
        String digits = "%0" + range.group(2).length() + "d";
        return IntStream.rangeClosed(Integer.parseInt(range.group(2)), Integer.parseInt(range.group(3)))
                .mapToObj(n -> range.group(1) + String.format(Locale.ROOT, digits, n) + range.group(4))
                .toList();
    }

    /// A time as scenarios write it, in ISO-8601; other texts unchanged.
    static String time(String text) {
        if (!TIME.matcher(text).matches()) {
            return text;
        }
        String padded =
                (text + " 00:00:00").substring(0, 10) + "T" + (text.length() > 10 ? text.substring(11) : "00:00");
        return padded + (padded.length() < 19 ? ":00Z" : "Z");
    }

    private static ObjectNode line(String topic, JsonNode event, String environment, int number) {
        ObjectNode value = JSON.objectNode().put("eventId", String.format(Locale.ROOT, "e%03d", number));
        if (topic.equals("environment-changed")) {
            value.put("type", "PRODUCTION").put("managed", true).put("lifecycle", "ACTIVE");
            value.putObject("cloudFlows").put("count", 0);
            value.putObject("desktopFlows").put("count", 0);
        }
        if (topic.equals("enforcement-reported")) {
            value.put("phase", "SUCCEEDED").put("complete", true);
        }
        event.properties().forEach(member -> {
            if (WORDS.containsKey(member.getKey())) {
                String text = member.getKey().equals("environment")
                        ? environment
                        : time(member.getValue().asText());
                WORDS.get(member.getKey()).accept(value, text);
            } else {
                value.set(member.getKey(), withTimes(member.getValue()));
            }
        });
        if (topic.equals("policy-applied")) {
            keyOfPolicy(value);
        }
        if (topic.equals("enforcement-reported")) {
            report(value);
        }
        if (topic.equals("time-reached")) {
            String at = value.path("occurredAt").asText();
            value.put("eventId", "time/" + at).put("dueAt", at);
        }
        return JSON.objectNode().put("topic", topic).set("value", value);
    }

    private static void environment(ObjectNode event, String name) {
        int slash = name.indexOf('/');
        event.put("tenantId", name.substring(0, slash)).put("environmentId", name.substring(slash + 1));
    }

    private static void key(ObjectNode event, String name) {
        int slash = name.indexOf('/');
        event.put("vaultUri", "https://" + name.substring(0, slash) + ".vault.azure.net")
                .put("keyName", name.substring(slash + 1));
    }

    private static void keyOfPolicy(ObjectNode event) {
        ObjectNode key = event.putObject("key");
        List.of("vaultUri", "keyName", "keyVersion").forEach(part -> {
            JsonNode value = event.remove(part);
            if (value != null) {
                key.set(part, value);
            }
        });
    }

    /// `items` are counts by key, such as `kv/main v1`, or `Microsoft-managed`.
    private static void report(ObjectNode event) {
        JsonNode counts = event.path("items");
        ArrayNode items = event.putArray("items");
        counts.properties().forEach(entry -> {
            ObjectNode item = items.addObject().put("count", entry.getValue().asLong());
            if (!entry.getKey().equals("Microsoft-managed")) {
                ObjectNode key = item.putObject("key");
                int space = entry.getKey().indexOf(' ');
                key(key, entry.getKey().substring(0, space));
                key.put("keyVersion", entry.getKey().substring(space + 1));
            }
        });
    }

    private static JsonNode withTimes(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(time(node.asText()));
        }
        if (node.isArray()) {
            return JSON.arrayNode()
                    .addAll(StreamSupport.stream(node.spliterator(), false)
                            .map(ScenarioEvents::withTimes)
                            .toList());
        }
        if (node.isObject()) {
            ObjectNode object = JSON.objectNode();
            node.properties().forEach(member -> object.set(member.getKey(), withTimes(member.getValue())));
            return object;
        }
        return node;
    }
}
