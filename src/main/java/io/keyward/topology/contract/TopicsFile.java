package io.keyward.topology.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyward.topology.contract.Topic.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The text of `topology/topics.yaml`: parsed whole, so that one message lists everything that is wrong with it.
final class TopicsFile {
    private static final Set<String> FIELDS =
            Set.of("description", "direction", "key", "value", "partitions", "config");

    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    TopicsFile(String yaml) {
        this.root = parsed(yaml);
    }

    /// @throws IllegalArgumentException that lists everything that is wrong with the text
    List<TopicContract> contracts() {
        root.fieldNames().forEachRemaining(name -> {
            if (Topic.ofBaseName(name).isEmpty()) {
                problem(name, "is no topic of the product");
            }
        });
        List<TopicContract> contracts =
                Arrays.stream(Topic.values()).map(this::contract).toList();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("topology/topics.yaml: " + String.join("; ", problems));
        }
        return contracts;
    }

    private static JsonNode parsed(String yaml) {
        try {
            return YAMLMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build()
                    .readTree(yaml);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException("topology/topics.yaml: " + failure.getOriginalMessage(), failure);
        }
    }

    private TopicContract contract(Topic topic) {
        JsonNode entry = root.path(topic.baseName());
        if (!entry.isObject()) {
            problem(topic.baseName(), "is missing");
        } else {
            entry.fieldNames().forEachRemaining(field -> {
                if (!FIELDS.contains(field)) {
                    problem(topic.baseName(), "has an unknown field '%s'".formatted(field));
                }
            });
            agree(topic, "direction", text(topic, "direction"), name(topic.direction()));
            agree(
                    topic,
                    "value",
                    optionalText(topic, "value").orElse("none"),
                    topic.valueSchema().orElse("none"));
        }
        return new TopicContract(topic, text(topic, "key"), shared(topic), config(topic), text(topic, "description"));
    }

    private static String name(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }

    private void agree(Topic topic, String field, String file, String code) {
        if (!file.equals(code)) {
            problem(topic.baseName(), "has %s '%s', but the code expects '%s'".formatted(field, file, code));
        }
    }

    private boolean shared(Topic topic) {
        String partitions = text(topic, "partitions");
        if (!Set.of("shared", "free").contains(partitions)) {
            problem(topic.baseName(), "has partitions '%s', accepted are shared and free".formatted(partitions));
        }
        boolean shared = partitions.equals("shared");
        if (!shared && (topic.direction() != Direction.OUT)) {
            problem(topic.baseName(), "is read by the topology, so its partitions must be shared");
        }
        return shared;
    }

    private Map<String, String> config(Topic topic) {
        Map<String, String> config = new LinkedHashMap<>();
        root.path(topic.baseName())
                .path("config")
                .properties()
                .forEach(setting ->
                        config.put(setting.getKey(), setting.getValue().asText()));
        for (String required : List.of("cleanup.policy", "message.timestamp.type")) {
            if (!config.containsKey(required)) {
                problem(topic.baseName(), "has no config %s".formatted(required));
            }
        }
        return config;
    }

    private String text(Topic topic, String field) {
        Optional<String> text = optionalText(topic, field);
        if (text.isEmpty()) {
            problem(topic.baseName(), "has no %s".formatted(field));
        }
        return text.orElse("");
    }

    private Optional<String> optionalText(Topic topic, String field) {
        JsonNode value = root.path(topic.baseName()).path(field);
        return value.isTextual() && !value.asText().isBlank() ? Optional.of(value.asText()) : Optional.empty();
    }

    private void problem(String topic, String what) {
        problems.add(topic + " " + what);
    }
}
