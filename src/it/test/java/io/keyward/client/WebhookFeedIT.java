package io.keyward.client;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import example.WebhookFeed;
import io.keyward.decision.WarningStatus;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.process.ChildJvm;
import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The example that keeps an outside system in step: against a server that fails half of the time,
/// and killed once.
@ExtendWith(ClusterExtension.class)
class WebhookFeedIT {
    private static final int INCIDENTS = 30;
    private static final String ERASED = "erased/prod/KEY_REVOKED";

    @TempDir
    private static Path folder;

    private static Cluster cluster;

    @Test
    void eachIncidentArrivesAtLeastOnceAndInOrderAlsoAfterAKill() throws IOException {
        Settings settings = withTopics("webhook.");
        write(settings);
        Path file = folder.resolve("position.txt");
        try (UnreliableServer server = UnreliableServer.start(1)) {
            String stored;
            Set<String> before;
            try (ChildJvm example = example(settings, server, file)) {
                Patience.until(
                        "a third is accepted",
                        () -> running(example, server.accepted().size() > INCIDENTS));
                example.kill();
                stored = Files.readString(file);
                before = ids(server.accepted());
            }
            int acceptedBefore = server.accepted().size();
            try (ChildJvm example = example(settings, server, file)) {
                Patience.until(
                        "all is accepted",
                        () -> running(example, ids(server.accepted()).size() == 3 * INCIDENTS + 2));
                Patience.until("that is stored", () -> running(example, isAtTheEnd(settings, file)));
            }
            List<JsonNode> after =
                    server.accepted().subList(acceptedBefore, server.accepted().size());
            assertThat(stored).isNotEqualTo(Files.readString(file));
            assertThat(ids(after).stream().filter(before::contains))
                    .as("at most the last few are posted again after a stop")
                    .hasSizeLessThanOrEqualTo(10);
            assertThat(server.failures()).as("failures").isGreaterThan(INCIDENTS);
            assertThat(server.accepted()).hasSizeGreaterThan(3 * INCIDENTS + 2);
            checkOrder(server.accepted());
        }
    }

    private static void write(Settings settings) {
        WarningWriter writer = new WarningWriter(cluster, settings);
        writer.write(ERASED, "E", 1, WarningStatus.RAISED);
        IntStream.range(0, INCIDENTS)
                .forEach(i -> cluster.sendAll(writer.whole("t" + i % 7 + "/prod/KEY_REVOKED", "i" + i)));
        writer.remove(ERASED);
    }

    private static ChildJvm example(Settings settings, UnreliableServer server, Path file) {
        ProcessBuilder command = ChildJvm.Program.of(
                        WebhookFeed.class,
                        cluster.bootstrapServers(),
                        cluster.registryUrl(),
                        server.url(),
                        file,
                        settings.topics().prefix())
                .small()
                .command();
        command.environment().put("WEBHOOK_TIMEOUT", "PT2S");
        return ChildJvm.start("webhook", command, folder.resolve("webhook.log"));
    }

    private static boolean running(ChildJvm example, boolean condition) {
        example.requireAlive();
        return condition;
    }

    private static boolean isAtTheEnd(Settings settings, Path file) {
        try (WarningFeed now = WarningFeed.open(settings, WarningFeed.FROM_NOW)) {
            return now.position().equals(Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<String> ids(List<JsonNode> events) {
        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.get("id").textValue()));
        return ids;
    }

    /// Without those that are repeated, the events of each incident are its records.
    private static void checkOrder(List<JsonNode> accepted) {
        Set<String> seen = new HashSet<>();
        Map<String, List<String>> bySubject = accepted.stream()
                .filter(event -> seen.add(event.get("id").textValue()))
                .collect(
                        groupingBy(event -> event.get("subject").textValue(), mapping(WebhookFeedIT::shown, toList())));
        assertThat(bySubject)
                .hasSize(INCIDENTS + 1)
                .allSatisfy((incident, events) -> assertThat(events)
                        .isEqualTo(
                                incident.startsWith(ERASED)
                                        ? List.of("opened /1", "closed /closed")
                                        : List.of("opened /1", "updated /2", "closed /3")));
    }

    private static String shown(JsonNode event) {
        String kind = event.get("type").textValue().replace("io.keyward.warning.", "");
        return kind + " "
                + event.get("id")
                        .textValue()
                        .substring(event.get("subject").textValue().length());
    }

    private static Settings withTopics(String prefix) {
        cluster.withTopics(cluster.config(prefix, Map.of()));
        return Settings.of(cluster.bootstrapServers(), cluster.registryUrl().toString())
                .withPrefix(prefix);
    }
}
