package io.keyward.testing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// The ACLs in `topology/acls.yaml`.
///
/// @param users in the order of the file
public record AccessList(Map<String, User> users) {
    private static final Path FILE = Path.of("topology", "acls.yaml");

    /// A Kafka user.
    ///
    /// @param allow all of the user's permissions
    public record User(String description, List<Allowed> allow) {}

    /// Allowed operations on one resource, or on all resources with a prefix.
    ///
    /// @param name with placeholders; a prefix if it ends in `*`
    public record Allowed(String resource, String name, List<AclOperation> operations) {
        public boolean isPrefixed() {
            return name.endsWith("*");
        }

        public String nameFor(String prefix, String application) {
            return (isPrefixed() ? name.substring(0, name.length() - 1) : name)
                    .replace("${prefix}", prefix)
                    .replace("${application}", application);
        }

        private ResourceType type() {
            return ResourceType.valueOf(resource.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        private Stream<AclBinding> bindings(String user, String prefix, String application) {
            ResourcePattern pattern = new ResourcePattern(
                    type(), nameFor(prefix, application), isPrefixed() ? PatternType.PREFIXED : PatternType.LITERAL);
            return operations.stream()
                    .map(operation -> new AclBinding(
                            pattern, new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW)));
        }
    }

    public static AccessList load() {
        try {
            return new AccessList(YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(FILE.toFile(), new TypeReference<LinkedHashMap<String, User>>() {}));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The ACL bindings of one deployment, one for each operation.
    public List<AclBinding> bindings(String prefix, String application) {
        return users.keySet().stream()
                .flatMap(user -> bindings(user, prefix, application).stream())
                .toList();
    }

    /// The ACL bindings of one user, one for each operation.
    public List<AclBinding> bindings(String user, String prefix, String application) {
        return users.get(user).allow().stream()
                .flatMap(allowed -> allowed.bindings(user, prefix, application))
                .toList();
    }
}
