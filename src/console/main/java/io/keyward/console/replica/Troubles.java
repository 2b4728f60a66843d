package io.keyward.console.replica;

import io.keyward.cluster.ClusterException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/// What failures of Kafka's clients mean to an operator, in a sentence.
final class Troubles {
    private Troubles() {}

    static String sentence(RuntimeException failure, String bootstrapServers) {
        return switch (failure) {
            case ClusterException explained -> explained.getMessage();
            case TopicAuthorizationException denied ->
                "The user needs the operation READ on the topics %s; docs/security.md lists all that it needs."
                        .formatted(String.join(", ", denied.unauthorizedTopics()));
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
