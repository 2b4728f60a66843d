package io.keyward.topology.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyward.avro.GeneratedClasses;
import io.keyward.topology.contract.Topic.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Parses `topology/topics.yaml`. One message lists all its errors.
final class TopicsFile {
    private static final Set<String> FIELDS =
            Set.of("description", "direction", "key", "value", "partitions", "config");

    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    TopicsFile(String yaml) {
        this.root = parsed(yaml);
    }

    /// @throws IllegalArgumentException listing all errors in the text
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
        }
        Direction direction = direction(topic);
        return new TopicContract(
                topic,
                direction,
                valueSchema(topic, direction),
                text(topic, "key"),
                shared(topic, direction),
                config(topic),
                text(topic, "description"));
    }

    private Direction direction(Topic topic) {
        String direction = text(topic, "direction");
        return Arrays.stream(Direction.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(direction))
                .findFirst()
                .orElseGet(() -> {
                    problem(topic.baseName(), "has direction '%s', accepted are in, out and own".formatted(direction));
                    return Direction.OWN;
                });
    }

    private Optional<String> valueSchema(Topic topic, Direction direction) {
        Optional<String> value = optionalText(topic, "value");
        value.filter(name -> GeneratedClasses.record(name).isEmpty())
                .ifPresent(name -> problem(topic.baseName(), "has value '%s', which is no schema".formatted(name)));
        if (direction == Direction.IN && value.isEmpty()) {
            problem(topic.baseName(), "has no value");
        }
        return value;
    }

    private boolean shared(Topic topic, Direction direction) {
        String partitions = text(topic, "partitions");
        if (!Set.of("shared", "free").contains(partitions)) {
            problem(topic.baseName(), "has partitions '%s', accepted are shared and free".formatted(partitions));
        }
        boolean shared = partitions.equals("shared");
        if (!shared && direction != Direction.OUT) {
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
