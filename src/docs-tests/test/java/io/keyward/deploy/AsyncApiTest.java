package io.keyward.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keyward.client.Topic;
import io.keyward.domain.id.RefusalCode;
import io.keyward.topology.contract.TopicContract;
import io.keyward.topology.contract.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Checks `deploy/asyncapi.yaml` against the topics' contract. CI also validates it with AsyncAPI's own parser.
class AsyncApiTest {
    private static final Path FOLDER = Path.of("deploy");

    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        document = DerivedFiles.yaml(FOLDER.resolve("asyncapi.yaml"));
    }

    @Test
    void everyTopicHasItsChannelAndThereIsNoOther() {
        assertThat(DerivedFiles.channels(document).keySet()).containsExactlyInAnyOrder(Topic.values());
        assertThat(document.path("channels").size()).isEqualTo(Topic.values().length);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void aChannelSaysWhatTheContractSays(Topic topic) {
        TopicContract contract = Topics.load().contract(topic);
        JsonNode channel = DerivedFiles.channels(document).get(topic);
        assertThat(channel.path("description").asText()).isEqualTo(contract.description());
        assertThat(configOf(channel)).isEqualTo(contract.config());
        assertThat(message(channel)
                        .path("bindings")
                        .path("kafka")
                        .path("key")
                        .path("description")
                        .asText())
                .isEqualTo(contract.key());
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void aPayloadIsTheVeryFileThatTheProductIsMadeFrom(Topic topic) throws IOException {
        JsonNode payload = message(DerivedFiles.channels(document).get(topic)).path("payload");
        assertThat(payload.isMissingNode()).isEqualTo(topic.valueSchema().isEmpty());
        if (topic.valueSchema().isPresent()) {
            Path file = FOLDER.resolve(payload.path("schema").path("$ref").asText());
            JsonNode schema = new ObjectMapper().readTree(file.toFile());
            assertThat(schema.path("namespace").asText() + "."
                            + schema.path("name").asText())
                    .isEqualTo(topic.valueSchema().get());
        }
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void keywardReceivesInputsAndSendsOutputs(Topic topic) {
        Set<String> actions = StreamSupport.stream(document.path("operations").spliterator(), false)
                .filter(operation -> resolved(operation.path("channel"))
                        .equals(DerivedFiles.channels(document).get(topic)))
                .map(operation -> operation.path("action").asText())
                .collect(Collectors.toSet());
        assertThat(actions)
                .isEqualTo(
                        switch (topic.direction()) {
                            case IN ->
                                Topics.keyInputs().contains(topic) ? Set.of("receive", "send") : Set.of("receive");
                            case OUT -> Set.of("send");
                            case OWN -> Set.of("send", "receive");
                        });
    }

    @Test
    void everyReasonOfADeadLetterIsListed() {
        JsonNode reasons = document.at("/components/schemas/DeadLetterHeaders/properties/keyward.reason/enum");
        List<String> listed = StreamSupport.stream(reasons.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        assertThat(listed)
                .containsExactlyElementsOf(
                        Arrays.stream(RefusalCode.values()).map(Enum::name).toList());
    }

    private static Map<String, String> configOf(JsonNode channel) {
        Map<String, String> config = new LinkedHashMap<>();
        channel.at("/bindings/kafka/topicConfiguration")
                .properties()
                .forEach(setting -> config.put(
                        setting.getKey(),
                        setting.getValue().isArray()
                                ? StreamSupport.stream(setting.getValue().spliterator(), false)
                                        .map(JsonNode::asText)
                                        .collect(Collectors.joining(","))
                                : setting.getValue().asText()));
        return config;
    }

    private static JsonNode message(JsonNode channel) {
        return resolved(channel.path("messages").elements().next());
    }

    private static JsonNode resolved(JsonNode reference) {
        return document.at(reference.path("$ref").asText().substring(1));
    }
}
