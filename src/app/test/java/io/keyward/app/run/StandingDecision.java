package io.keyward.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.keyward.client.Topic;
import io.keyward.topology.read.OutputRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The state after some outputs: the last record per topic and record key, without those that a tombstone
/// deleted, as in a compacted topic.
public final class StandingDecision {
    private final Map<Topic, Map<String, JsonNode>> records = new EnumMap<>(Topic.class);
    private final List<String> refused = new ArrayList<>();

    public void add(OutputRecord output) {
        switch (output) {
            case OutputRecord.Published published -> of(published.topic()).put(published.key(), published.value());
            case OutputRecord.Retracted retracted -> of(retracted.topic()).remove(retracted.key());
            case OutputRecord.Refused refusal -> refused.add(refusal.reason());
        }
    }

    /// The last records of a topic, by their keys.
    public Map<String, JsonNode> records(Topic topic) {
        return of(topic);
    }

    /// The last decisions, by `tenant/environment`.
    public Map<String, JsonNode> decisions() {
        return of(Topic.ENCRYPTION_DECISIONS);
    }

    /// The last records of the open warnings of an owner: `tenant/environment`, or `tenant/`.
    public List<JsonNode> openWarnings(String owner) {
        return values(Topic.WARNINGS, owner, warning -> !isCleared(warning));
    }

    /// The last records of the owner's warnings that are cleared.
    public List<JsonNode> clearedWarnings(String owner) {
        return values(Topic.WARNINGS, owner, StandingDecision::isCleared);
    }

    private static boolean isCleared(JsonNode warning) {
        return warning.path("status").asText().equals("CLEARED");
    }

    /// The last signals of an environment with that action.
    public List<JsonNode> signals(String environment, String action) {
        return values(
                Topic.ANALYTICS_SUPPRESSIONS,
                environment,
                signal -> signal.path("action").asText().equals(action));
    }

    /// Every owner of a remaining record.
    public List<String> owners() {
        return records.values().stream()
                .flatMap(topic -> topic.keySet().stream())
                .map(StandingDecision::owner)
                .distinct()
                .sorted()
                .toList();
    }

    /// The reasons of dead letters, in order.
    public List<String> refused() {
        return refused;
    }

    private Map<String, JsonNode> of(Topic topic) {
        return records.computeIfAbsent(topic, _ -> new TreeMap<>());
    }

    private List<JsonNode> values(Topic topic, String owner, Predicate<JsonNode> wanted) {
        return of(topic).entrySet().stream()
                .filter(record -> owner(record.getKey()).equals(owner))
                .map(Map.Entry::getValue)
                .filter(wanted)
                .toList();
    }

    private static String owner(String key) {
        String[] parts = key.split("/", 3);
        return parts[0] + "/" + parts[1];
    }
}
