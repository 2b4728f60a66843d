package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.config.KeywardConfig;
import io.keyward.sandbox.SecuredKafka;
import io.keyward.testing.AccessList;
import io.keyward.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Which topics each user of `topology/acls.yaml` can read and write, tried on every topic: those and no others.
class RolesIT {
    private static final AccessList LIST = AccessList.load();
    private static final TopicNames NAMES = new TopicNames("roles.");
    private static final byte[] VALUE = "any".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private static Path folder;

    private static SecuredKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = SecuredKafka.start(folder);
        kafka.allow(LIST.bindings(NAMES.prefix(), "roles"));
        TestTopics.create(
                kafka.administrator(),
                NAMES.all().stream()
                        .map(name -> new NewTopic(name, 1, (short) 1))
                        .toList());
        assertThat(writable(kafka.administration())).containsExactlyInAnyOrder(Topic.values());
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keyward-policies  | DEAD_LETTERS PROGRESS | POLICY_APPLIED POLICY_REMOVED",
                "keyward-readers   | ENCRYPTION_DECISIONS WARNINGS ANALYTICS_SUPPRESSIONS ERASURES PROGRESS |",
                "keyward-repairers | DEAD_LETTERS INPUTS | INPUTS"
            })
    void whoPublishesObeysOrRepairsCanDoThatAndNoMore(String user, String read, String written) throws Exception {
        assertThat(readable(settings(user))).isEqualTo(topics(read));
        assertThat(writable(settings(user))).isEqualTo(topics(written));
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("users")
    void everybodyCanDoWhatTheListSaysAndNoMore(String user) throws Exception {
        assertThat(readable(settings(user))).isEqualTo(listed(user, AclOperation.READ));
        assertThat(writable(settings(user))).isEqualTo(listed(user, AclOperation.WRITE));
    }

    static Stream<String> users() {
        return LIST.users().keySet().stream();
    }

    private static Set<Topic> topics(String names) {
        return Stream.of(Optional.ofNullable(names).orElse("").split(" "))
                .filter(name -> !name.isEmpty())
                .flatMap(name -> name.equals("INPUTS") ? Topic.inputs().stream() : Stream.of(Topic.valueOf(name)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Topic.class)));
    }

    private static Set<Topic> listed(String user, AclOperation operation) {
        List<AccessList.Allowed> allowed = LIST.users().get(user).allow().stream()
                .filter(each ->
                        each.resource().equals("topic") && each.operations().contains(operation))
                .toList();
        return Stream.of(Topic.values())
                .filter(topic -> allowed.stream().anyMatch(each -> {
                    String name = each.nameFor(NAMES.prefix(), "roles");
                    return each.isPrefixed()
                            ? NAMES.name(topic).startsWith(name)
                            : NAMES.name(topic).equals(name);
                }))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Topic.class)));
    }

    private static Map<String, Object> settings(String user) throws Exception {
        Properties properties = new Properties();
        properties.putAll(kafka.user(user));
        return Map.copyOf(KeywardConfig.load(Optional.empty(), Map.of(), properties)
                .kafka()
                .values());
    }

    private static Set<Topic> writable(Map<String, Object> settings) throws Exception {
        Set<Topic> written = EnumSet.noneOf(Topic.class);
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false); // a denial would end an idempotent producer
        try (var producer = new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Topic topic : Topic.values()) {
                try {
                    producer.send(new ProducerRecord<>(NAMES.name(topic), 0, VALUE, VALUE))
                            .get();
                    written.add(topic);
                } catch (ExecutionException failure) {
                    assertThat(failure).hasCauseInstanceOf(TopicAuthorizationException.class);
                }
            }
        }
        return written;
    }

    /// Every topic holds a record.
    private static Set<Topic> readable(Map<String, Object> settings) {
        Set<Topic> read = EnumSet.noneOf(Topic.class);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (Topic topic : Topic.values()) {
                Set<TopicPartition> partition = Set.of(new TopicPartition(NAMES.name(topic), 0));
                consumer.assign(partition);
                consumer.seekToBeginning(partition);
                try {
                    Awaitility.await()
                            .until(() -> !consumer.poll(Duration.ofMillis(100)).isEmpty());
                    read.add(topic);
                } catch (TopicAuthorizationException denied) {
                    assertThat(denied.unauthorizedTopics()).containsExactly(NAMES.name(topic));
                }
            }
        }
        return read;
    }
}
