package io.keyward.client;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The names of the topics on a cluster: a prefix and the contract's name.
public record TopicNames(String prefix) {
    /// The valid prefixes, in words for error messages.
    public static final String ACCEPTED_PREFIX = "up to 200 letters, digits, '.', '_' and '-'";

    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z0-9._-]{0,200}");

    public TopicNames {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "The topic prefix '%s' is not valid; must be %s.".formatted(prefix, ACCEPTED_PREFIX));
        }
    }

    public String name(Topic topic) {
        return prefix + topic.baseName();
    }

    public List<String> names(Collection<Topic> topics) {
        return topics.stream().map(this::name).toList();
    }

    public List<String> all() {
        return names(List.of(Topic.values()));
    }

    public List<String> inputs() {
        return names(Topic.inputs());
    }

    public String rerouted() {
        return name(Topic.REROUTED);
    }

    public String decisions() {
        return name(Topic.ENCRYPTION_DECISIONS);
    }

    public String warnings() {
        return name(Topic.WARNINGS);
    }

    public String suppressions() {
        return name(Topic.ANALYTICS_SUPPRESSIONS);
    }

    public String deadLetters() {
        return name(Topic.DEAD_LETTERS);
    }

    /// The topic with this full name.
    public Optional<Topic> topic(String fullName) {
        return fullName.startsWith(prefix) ? Topic.ofBaseName(fullName.substring(prefix.length())) : Optional.empty();
    }
}
