package io.keyward.console.replica;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/// What Kafka's exceptions mean to an operator, in a sentence.
final class Troubles {
    private Troubles() {}

    static String sentence(KafkaException failure, Object bootstrapServers) {
        return switch (failure) {
            case DeniedException denied -> denied.getMessage();
            case TopicAuthorizationException denied ->
                new DeniedException("READ on the topics " + String.join(", ", denied.unauthorizedTopics()), denied)
                        .getMessage();
            case AuthorizationException denied ->
                "Kafka denies something that the replica needs: " + denied.getMessage()
                        + " docs/security.md lists all that its user needs.";
            case AuthenticationException refused ->
                "Kafka at %s refuses the credentials: %s".formatted(bootstrapServers, refused.getMessage());
            case TimeoutException _ -> "No Kafka broker at %s answers.".formatted(bootstrapServers);
            default -> "Kafka at %s cannot be read: %s".formatted(bootstrapServers, failure.getMessage());
        };
    }
}
