package io.keyward.topology.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.registry.ValueWriter;
import io.keyward.registry.client.SerializerSettings;
import io.keyward.registry.wire.Datum;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class TopicSchemasTest {
    private final TopicSchemas schemas = new TopicSchemas(new TopicNames("cmk."), SerializerSettings.DEFAULT);
    private final Prepared prepared = new Prepared(new ArrayList<>());

    @Test
    void everyTopicOfAvroHasItsSchemaUnderItsNameInputsFirst() {
        assertThat(schemas.all().stream().map(TopicSchemas.Registered::topic))
                .containsExactlyElementsOf(Arrays.stream(Topic.values())
                        .filter(topic -> topic.valueSchema().isPresent())
                        .map(topic -> "cmk." + topic.baseName())
                        .toList());
        assertThat(schemas.all()).allSatisfy(registered -> {
            assertThat(registered.subject()).isEqualTo(registered.topic() + "-value");
            assertThat(Path.of(registered.file())).isRegularFile();
            assertThat(registered.schema().getFullName()).startsWith("io.keyward.");
        });
        assertThat(schemas.all().getFirst().file()).isEqualTo("schemas/event/PolicyApplied.avsc");
        assertThat(schemas.all().getLast().file()).isEqualTo("schemas/event/KeyWatch.avsc");
    }

    @Test
    void whatTheTopologyWritesIsResolvedBeforeTheFirstRecord() {
        schemas.resolveOutputs(prepared);
        assertThat(prepared.schemas())
                .containsExactly(
                        "cmk.encryption-decisions EncryptionDecision",
                        "cmk.warnings Warning",
                        "cmk.analytics-suppressions AnalyticsSuppression",
                        "cmk.erasures TenantErasure",
                        "cmk.progress Progress",
                        "cmk.time-reached TimeReached");
    }

    @Test
    void soIsWhatTheKeyWatchWritesAndNothingElse() {
        schemas.resolve(prepared, Topics.writtenByTheWatch());
        assertThat(prepared.schemas())
                .containsExactly(
                        "cmk.key-rotated KeyRotated",
                        "cmk.key-revoked KeyRevoked",
                        "cmk.key-restored KeyRestored",
                        "cmk.key-expiring KeyExpiring",
                        "cmk.key-watch KeyWatch");
    }

    @Test
    void soIsWhatTheIntakeWrites() {
        schemas.resolve(prepared, Topics.writtenByTheIntake());
        assertThat(prepared.schemas())
                .containsExactly(
                        "cmk.key-rotated KeyRotated",
                        "cmk.key-revoked KeyRevoked",
                        "cmk.key-expiring KeyExpiring",
                        "cmk.key-hints KeyHint");
    }

    private record Prepared(List<String> schemas) implements ValueWriter {
        @Override
        public byte[] serialize(String topic, Headers headers, IndexedRecord value) {
            throw new AssertionError("no record has come yet");
        }

        @Override
        public byte[] serialize(String topic, Headers headers, Datum value) {
            throw new AssertionError("no record has come yet");
        }

        @Override
        public void prepare(String topic, Schema schema) {
            schemas.add(topic + " " + schema.getName());
        }
    }
}
