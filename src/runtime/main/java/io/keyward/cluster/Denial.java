package io.keyward.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// An operation on a Kafka resource that the user needs but may not perform.
public record Denial(AclOperation operation, ResourcePattern resource) {
    public static Denial onTopic(AclOperation operation, String topic) {
        return new Denial(operation, new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL));
    }

    public static Denial onGroup(AclOperation operation, String group) {
        return new Denial(operation, new ResourcePattern(ResourceType.GROUP, group, PatternType.LITERAL));
    }

    /// An operation on transactional ids that the ACLs do not allow.
    ///
    /// @param prefix of the transactional ids, which Kafka Streams generates
    public static Denial onTransactionalIds(AclOperation operation, String prefix) {
        return new Denial(operation, new ResourcePattern(ResourceType.TRANSACTIONAL_ID, prefix, PatternType.PREFIXED));
    }

    /// Lists the denied operations and the commands with which an administrator grants them.
    public static String explain(Collection<Denial> denials, String bootstrapServers) {
        return "Kafka at %s does not allow this user:%n%s%nAn administrator grants these operations with%n%s%ndocs/security.md lists all operations that each user needs."
                .formatted(
                        bootstrapServers,
                        lines(denials.stream().map(Denial::toString).toList(), "  "),
                        lines(
                                denials.stream()
                                        .map(denial -> denial.remedy(bootstrapServers))
                                        .toList(),
                                "    "));
    }

    @Override
    public String toString() {
        return "%s on %s%s %s"
                .formatted(
                        operation,
                        resource.resourceType().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        resource.patternType() == PatternType.PREFIXED ? "s that begin with" : "",
                        resource.name());
    }

    private String remedy(String bootstrapServers) {
        return "kafka-acls.sh --bootstrap-server %s --add --allow-principal User:NAME --operation %s --%s %s%s"
                .formatted(
                        bootstrapServers,
                        operation,
                        resource.resourceType().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        resource.name(),
                        resource.patternType() == PatternType.PREFIXED ? " --resource-pattern-type prefixed" : "");
    }

    private static String lines(List<String> lines, String indent) {
        return lines.stream().map(line -> indent + line).collect(Collectors.joining(System.lineSeparator()));
    }
}
