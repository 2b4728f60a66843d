package io.keyward.console.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.ClusterException;
import io.keyward.config.ClientSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What pages and answers say about failures: nothing about settings and commands, which not all readers may see.
class TroublesTest {
    private static final String ADDRESS = "localhost:1";

    private final ClusterAnswers cluster = ClusterAnswers.silently(new ClientSettings(
            Map.of("bootstrap.servers", ADDRESS, "default.api.timeout.ms", "50", "request.timeout.ms", "50"),
            Map.of()));

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aClusterThatDoesNotAnswerIsNamed() {
        assertThat(sentence(new TimeoutException("no node"))).isEqualTo("No Kafka broker at localhost:1 answers.");
        assertThat(sentence(failure(new KafkaFutureImpl<>()))).isEqualTo("No Kafka broker at localhost:1 answers.");
    }

    @Test
    void refusedCredentialsAndOtherFailuresSayWhatKafkaSays() {
        assertThat(sentence(new SaslAuthenticationException("wrong password")))
                .isEqualTo("Kafka at localhost:1 refuses the credentials: wrong password");
        assertThat(sentence(new UnknownServerException("a defect")))
                .isEqualTo("Kafka at localhost:1 cannot be read: a defect");
    }

    @Test
    void whatIsDeniedIsNamedWithItsTopic() {
        assertThat(sentence(new TopicAuthorizationException("denied")))
                .isEqualTo(
                        "The user needs the operation DESCRIBE on the topic rows; docs/security.md lists all that it needs.");
        assertThat(Troubles.sentence(new TopicAuthorizationException(Set.of("rows")), ADDRESS))
                .isEqualTo(
                        "The user needs the operation READ on the topics rows; docs/security.md lists all that it needs.");
    }

    @Test
    void whyInputsCannotBeQueriedIsReportedAlike() {
        ProcessorProgress progress = new ProcessorProgress(cluster, FilledReplica.TOPICS, InstantSource.system());
        progress.refresh();
        assertThat(progress.trouble().orElseThrow().sentence())
                .isEqualTo(
                        "It is not known whether events wait for the processor: No Kafka broker at localhost:1 answers.");
    }

    private String sentence(KafkaException cause) {
        KafkaFutureImpl<TopicDescription> answer = new KafkaFutureImpl<>();
        answer.completeExceptionally(cause);
        return sentence(failure(answer));
    }

    private static String sentence(ClusterException failure) {
        return Troubles.sentence(failure, ADDRESS);
    }

    private ClusterException failure(KafkaFuture<TopicDescription> answer) {
        return catchThrowableOfType(ClusterException.class, () -> cluster.topic("rows", answer));
    }
}
