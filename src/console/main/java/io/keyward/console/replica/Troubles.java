package io.keyward.console.replica;

import io.keyward.cluster.ClusterException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/// Explains failures of Kafka's clients to an operator, in a sentence. Pages and answers show it to
/// administrators of tenants, too, so it names no settings and no commands.
final class Troubles {
    private Troubles() {}

    static String sentence(RuntimeException failure, String bootstrapServers) {
        return switch (failure) {
            case ClusterException denied
            when denied.needed().isPresent() -> denied(denied.needed().orElseThrow());
            case ClusterException failed
            when failed.getCause() instanceof KafkaException cause -> sentence(cause, bootstrapServers);
            case ClusterException failed
            when failed.getCause() instanceof java.util.concurrent.TimeoutException -> silent(bootstrapServers);
            case ClusterException failed -> failed.getMessage();
            case TopicAuthorizationException denied ->
                denied("READ on the topics " + String.join(", ", denied.unauthorizedTopics()));
            case AuthorizationException denied ->
                "Kafka denies something that the replica needs: " + denied.getMessage()
                        + " docs/security.md lists all that its user needs.";
            case AuthenticationException refused ->
                "Kafka at %s refuses the credentials: %s".formatted(bootstrapServers, refused.getMessage());
            case TimeoutException _ -> silent(bootstrapServers);
            default -> "Kafka at %s cannot be read: %s".formatted(bootstrapServers, failure.getMessage());
        };
    }

    private static String denied(String needed) {
        return "The user needs the operation %s; docs/security.md lists all that it needs.".formatted(needed);
    }

    private static String silent(String bootstrapServers) {
        return "No Kafka broker at %s answers.".formatted(bootstrapServers);
    }
}
