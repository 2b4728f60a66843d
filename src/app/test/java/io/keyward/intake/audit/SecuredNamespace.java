package io.keyward.intake.audit;

import io.keyward.sandbox.SecuredKafka;
import io.keyward.testing.TestTopics;
import io.keyward.testing.process.Patience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A broker that is secured like a namespace of Event Hubs: its users sign in with a connection string or with a
/// token, and may do nothing that they are not allowed.
final class SecuredNamespace implements AutoCloseable {
    static final String USER = "$ConnectionString";
    /// Where Kafka's clients may ask for tokens and keys.
    static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    static final String KEY = "Zx81+q1W/e2R=";

    private static final String MODULES = "org.apache.kafka.common.security.";
    private static final String AUDIENCE = "https://contoso.servicebus.windows.net";
    private static final int RECORDS = 20;

    private final TokenEndpoint endpoint;
    private final SecuredKafka kafka;

    SecuredNamespace(Path folder) throws Exception {
        endpoint = new TokenEndpoint(AUDIENCE);
        System.setProperty(ALLOWED_URLS, endpoint.keys());
        Map<String, String> sasl = new HashMap<>();
        sasl.put("sasl.enabled.mechanisms", "PLAIN,OAUTHBEARER");
        sasl.put(
                "plain.sasl.jaas.config",
                MODULES + "plain.PlainLoginModule required user_%s=\"%s\";".formatted(USER, connectionString(KEY)));
        sasl.put("oauthbearer.sasl.jaas.config", MODULES + "oauthbearer.OAuthBearerLoginModule required;");
        sasl.put(
                "oauthbearer.sasl.server.callback.handler.class",
                MODULES + "oauthbearer.OAuthBearerValidatorCallbackHandler");
        sasl.put("oauthbearer.sasl.oauthbearer.jwks.endpoint.url", endpoint.keys());
        sasl.put("oauthbearer.sasl.oauthbearer.expected.audience", AUDIENCE);
        sasl.put("oauthbearer.sasl.oauthbearer.expected.issuer", endpoint.issuer());
        kafka = SecuredKafka.start(folder, sasl);
    }

    TokenEndpoint endpoint() {
        return endpoint;
    }

    /// Sets the property without which no client of this JVM asks for a token.
    void allowTokens() {
        System.setProperty(ALLOWED_URLS, endpoint.tokens() + "," + endpoint.keys());
    }

    /// What a file says of the namespace.
    String connection() {
        return kafka.connection().entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /// What a file says of a connection string with this key.
    static String plain(String key) {
        return """
                sasl.mechanism = PLAIN
                sasl.jaas.config = %splain.PlainLoginModule required username="%s" password="%s";
                """.formatted(MODULES, USER, connectionString(key));
    }

    private static String connectionString(String key) {
        return "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=keyward-intake;SharedAccessKey=" + key
                + ";EntityPath=insights-logs-auditevent";
    }

    /// What a file says of tokens.
    String bearer(String secret) {
        return """
                sasl.mechanism = OAUTHBEARER
                sasl.jaas.config = %1$soauthbearer.OAuthBearerLoginModule required;
                sasl.login.callback.handler.class = %1$soauthbearer.OAuthBearerLoginCallbackHandler
                sasl.oauthbearer.jwt.validator.class = %1$soauthbearer.ClientJwtValidator
                sasl.oauthbearer.token.endpoint.url = %2$s
                sasl.oauthbearer.scope = %3$s/.default
                sasl.oauthbearer.client.credentials.client.id = %4$s
                sasl.oauthbearer.client.credentials.client.secret = %5$s
                """.formatted(MODULES, endpoint.tokens(), AUDIENCE, TokenEndpoint.CLIENT_ID, secret);
    }

    void createHub(String name) throws Exception {
        TestTopics.create(kafka.administrator(), List.of(new NewTopic(name, Optional.of(2), Optional.empty())));
    }

    /// Lets the user read the Event Hub in the group that an intake has for it, and nothing else.
    void allow(String user, String hub) throws Exception {
        AccessControlEntry read =
                new AccessControlEntry("User:" + user, "*", AclOperation.READ, AclPermissionType.ALLOW);
        kafka.allow(List.of(
                new AclBinding(new ResourcePattern(ResourceType.TOPIC, hub, PatternType.LITERAL), read),
                new AclBinding(new ResourcePattern(ResourceType.GROUP, group(hub), PatternType.LITERAL), read)));
    }

    /// Writes records into an Event Hub.
    ///
    /// @return their values
    Set<String> emit(String hub) {
        Set<String> values =
                IntStream.range(0, RECORDS).mapToObj(i -> hub + " " + i).collect(Collectors.toSet());
        try (KafkaProducer<byte[], byte[]> azure =
                new KafkaProducer<>(kafka.administration(), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = values.stream()
                    .map(value -> azure.send(new ProducerRecord<>(hub, value.getBytes(StandardCharsets.UTF_8))))
                    .toList();
            azure.flush();
            sent.forEach(Future::resultNow);
        }
        return values;
    }

    private static String group(String hub) {
        return "keyward-intake-" + hub;
    }

    /// How many records of the Event Hub its group has committed.
    long committed(String hub) {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = kafka.administrator()
                    .listConsumerGroupOffsets(group(hub))
                    .partitionsToOffsetAndMetadata()
                    .get();
            return offsets.entrySet().stream()
                    .filter(offset -> offset.getKey().topic().equals(hub))
                    .mapToLong(offset -> offset.getValue().offset())
                    .sum();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interruption) {
            throw Patience.interrupted(interruption);
        }
    }

    @Override
    public void close() {
        kafka.close();
        endpoint.close();
        System.clearProperty(ALLOWED_URLS);
    }
}
