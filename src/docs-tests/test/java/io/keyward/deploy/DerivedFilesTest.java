package io.keyward.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Topic;
import io.keyward.client.TopicNames;
import io.keyward.testing.AccessList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/// Checks that generated files are up to date. With `-Ddeploy.write=true` it writes them.
class DerivedFilesTest {
    private static final Pattern TABLE = Pattern.compile("(?s)\\| user \\| may \\| on \\|\\n.*?\\n(?=\\n)");

    private static final Pattern CAPACITY = Pattern.compile("(?s)\\| events/s \\| environments \\|.*?\\n(?=\\n)");

    @Test
    void theTopicsOfStrimziAreThoseOfTheContract() throws IOException {
        says(DerivedFiles.BASE.resolve("kafka-topics.yaml"), _ -> DerivedFiles.kafkaTopics());
    }

    @Test
    void theUsersOfStrimziMayDoWhatIsOnTheAccessList() throws IOException {
        says(DerivedFiles.BASE.resolve("kafka-users.yaml"), _ -> DerivedFiles.kafkaUsers());
    }

    @Test
    void theAlertsOfTheOperatorAreThoseOfPrometheus() throws IOException {
        String rule = DerivedFiles.prometheusRule();
        says(DerivedFiles.BASE.resolve("prometheus-rule.yaml"), _ -> rule);
        assertThat(DerivedFiles.yaml(DerivedFiles.BASE.resolve("prometheus-rule.yaml"))
                        .path("spec")
                        .path("groups"))
                .isEqualTo(DerivedFiles.yaml(Path.of("deploy", "prometheus", "alerts.yaml"))
                        .path("groups"));
    }

    /// Why outputs need no signature: docs/decisions/0007-unsigned-outputs.md.
    @Test
    void onlyTheProcessorAndItsMaintainersMayWriteToTheOutputs() {
        List<String> outputs = Stream.of(
                        Topic.ENCRYPTION_DECISIONS,
                        Topic.WARNINGS,
                        Topic.ANALYTICS_SUPPRESSIONS,
                        Topic.ERASURES,
                        Topic.PROGRESS)
                .map(new TopicNames("cmk.")::name)
                .toList();
        assertThat(AccessList.load().bindings("cmk.", "keyward"))
                .filteredOn(acl -> acl.entry().operation() == AclOperation.WRITE
                        && outputs.stream().anyMatch(output -> covers(acl.pattern(), output)))
                .extracting(acl -> acl.entry().principal())
                .containsOnly("User:keyward", "User:keyward-maintainers");
    }

    private static boolean covers(ResourcePattern pattern, String topic) {
        return pattern.resourceType() == ResourceType.TOPIC
                && (pattern.patternType() == PatternType.PREFIXED
                        ? topic.startsWith(pattern.name())
                        : topic.equals(pattern.name()));
    }

    @Test
    void theDocumentedAccessListIsTheProvenOne() throws IOException {
        says(
                Path.of("docs", "security.md"),
                document -> TABLE.matcher(document).replaceFirst(Matcher.quoteReplacement(DerivedFiles.accessTable())));
        assertThat(Files.readString(Path.of("docs", "security.md"))).contains(DerivedFiles.accessTable());
    }

    @Test
    void theTableOfCapacityFollowsFromWhatWasMeasured() throws IOException {
        String table = CapacityTable.measured().text();
        says(
                Path.of("docs", "capacity.md"),
                document -> CAPACITY.matcher(document).replaceFirst(Matcher.quoteReplacement(table)));
        assertThat(Files.readString(Path.of("docs", "capacity.md"))).contains(table);
    }

    private static void says(Path file, UnaryOperator<String> wanted) throws IOException {
        String now = Files.readString(file);
        String right = wanted.apply(now);
        if (Boolean.getBoolean("deploy.write")) {
            Files.writeString(file, right);
        } else {
            assertThat(now)
                    .as("%s; mvn test -Dtest=DerivedFilesTest -Ddeploy.write=true writes it again", file)
                    .isEqualTo(right);
        }
    }
}
