package io.keyward.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keyward.client.Topic;
import io.keyward.testing.AccessList;
import io.keyward.topology.contract.TopicContract;
import io.keyward.topology.contract.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;

/// Generates files under `deploy` and `docs` from other files.
final class DerivedFiles {
    static final Path BASE = Path.of("deploy", "kubernetes", "base");

    private static final String PREFIX = "cmk.";
    private static final String APPLICATION = "keyward";
    private static final int PARTITIONS = 12;
    private static final int REPLICAS = 3;

    private static final String REMEDY =
            "# Made from %s; mvn test -Dtest=DerivedFilesTest -Ddeploy.write=true makes it again.%n";

    private DerivedFiles() {}

    /// `topology/topics.yaml` as resources for Strimzi's topic operator.
    static String kafkaTopics() {
        return REMEDY.formatted("topology/topics.yaml")
                + Topics.load().all().stream().map(DerivedFiles::kafkaTopic).collect(Collectors.joining());
    }

    private static String kafkaTopic(TopicContract contract) {
        // `topics create` also sets this where there are three replicas.
        Map<String, String> settings = new TreeMap<>(contract.config());
        settings.put("min.insync.replicas", "2");
        String config = settings.entrySet().stream()
                .map(setting -> "    %s: %s%n".formatted(setting.getKey(), setting.getValue()))
                .collect(Collectors.joining());
        return """
                ---
                # %s
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata:
                  name: %s
                  labels:
                    strimzi.io/cluster: kafka
                spec:
                  partitions: %d
                  replicas: %d
                  config:
                """.formatted(contract.description(), PREFIX + contract.topic().baseName(), PARTITIONS, REPLICAS)
                + config;
    }

    /// `topology/acls.yaml` as resources for Strimzi's user operator.
    static String kafkaUsers() {
        return REMEDY.formatted("topology/acls.yaml")
                + AccessList.load().users().entrySet().stream()
                        .map(user -> kafkaUser(user.getKey(), user.getValue()))
                        .collect(Collectors.joining());
    }

    private static String kafkaUser(String name, AccessList.User user) {
        return """
                ---
                # %s
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaUser
                metadata:
                  name: %s
                  labels:
                    strimzi.io/cluster: kafka
                spec:
                  authentication:
                    type: scram-sha-512
                  authorization:
                    type: simple
                    acls:
                """.formatted(user.description(), name)
                + user.allow().stream().map(DerivedFiles::acl).collect(Collectors.joining());
    }

    private static String acl(AccessList.Allowed allowed) {
        return """
                      - resource:
                          type: %s
                          name: %s
                          patternType: %s
                        operations: [%s]
                """.indent(0).formatted(
                allowed.resource().equals("transactional-id") ? "transactionalId" : allowed.resource(),
                allowed.nameFor(PREFIX, APPLICATION),
                allowed.isPrefixed() ? "prefix" : "literal",
                allowed.operations().stream().map(DerivedFiles::camelCase).collect(Collectors.joining(", ")));
    }

    /// `DESCRIBE_CONFIGS` → `DescribeConfigs`
    private static String camelCase(AclOperation operation) {
        return List.of(operation.name().split("_")).stream()
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    /// The alerts for the Prometheus operator: the lines of the file, indented.
    static String prometheusRule() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("deploy", "prometheus", "alerts.yaml"));
        String groups = lines.subList(lines.indexOf("groups:"), lines.size()).stream()
                .map(line -> line.isEmpty() ? "" : "  " + line)
                .collect(Collectors.joining("\n", "", "\n"));
        return REMEDY.formatted("deploy/prometheus/alerts.yaml") + """
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata:
                  name: keyward
                spec:
                """ + groups;
    }

    /// The table in docs/security.md: what a user may do in the same way is in one row.
    static String accessTable() {
        return "| user | may | on |%n|---|---|---|%n".formatted()
                + AccessList.load().users().entrySet().stream()
                        .flatMap(user -> user.getValue().allow().stream()
                                .collect(Collectors.groupingBy(
                                        DerivedFiles::right,
                                        LinkedHashMap::new,
                                        Collectors.mapping(DerivedFiles::named, Collectors.joining(", "))))
                                .entrySet()
                                .stream()
                                .map(right -> "| `%s` | %s %s |%n"
                                        .formatted(user.getKey(), right.getKey(), right.getValue())))
                        .collect(Collectors.joining());
    }

    private static String right(AccessList.Allowed allowed) {
        return allowed.operations().stream().map(AclOperation::name).collect(Collectors.joining(", ")) + " | "
                + allowed.resource().replace('-', ' ');
    }

    private static String named(AccessList.Allowed allowed) {
        return "`" + allowed.nameFor(PREFIX, APPLICATION) + (allowed.isPrefixed() ? "*`" : "`");
    }

    static JsonNode yaml(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }

    /// The channels of an AsyncAPI document by topic, matched by the topic's name without the prefix.
    static Map<Topic, JsonNode> channels(JsonNode document) {
        Map<Topic, JsonNode> channels = new TreeMap<>();
        document.path("channels")
                .forEach(channel -> Topic.ofBaseName(
                                channel.path("address").asText().substring(PREFIX.length()))
                        .ifPresent(topic -> channels.put(topic, channel)));
        return channels;
    }
}
