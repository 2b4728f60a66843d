package io.keyward.intake.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.AuditFiles;
import io.keyward.config.AuditSource;
import io.keyward.config.KeywardConfig;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Item;
import io.keyward.intake.Publisher;
import io.keyward.testing.CapturedLog;
import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The reading of audit logs with the two ways to sign in that Event Hubs have, as the files of the Event Hubs
/// configure them, by users who may do nothing but read. Each case has an Event Hub of its own.
class SecuredAuditLogsIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String CLIENT_SECRET = "8Q~w.x-Y_z";

    @TempDir
    private static Path folder;

    private static SecuredNamespace namespace;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path files;

    @BeforeAll
    static void start() throws Exception {
        namespace = new SecuredNamespace(folder);
    }

    @AfterAll
    static void stop() {
        namespace.close();
    }

    @Test
    void aConnectionStringAndTwoRightsToReadAreEnough() throws Exception {
        namespace.createHub("plain");
        AuditSource source = source("plain", SecuredNamespace.plain(SecuredNamespace.KEY));
        assertThat(source.problem(LIMIT).orElseThrow()).startsWith("It may not be read: ");
        namespace.allow(SecuredNamespace.USER, "plain");
        assertThat(source.problem(LIMIT)).isEmpty();
        Set<String> sent = namespace.emit("plain");
        try (AuditLogs _ = open(List.of(source))) {
            awaitAll("plain", sent);
        }
    }

    @Test
    void aWrongPasswordIsLoggedWithoutItAndDisturbsNoOtherEventHub() throws Exception {
        namespace.createHub("right");
        namespace.createHub("wrong");
        namespace.allow(SecuredNamespace.USER, "right");
        namespace.allow(SecuredNamespace.USER, "wrong");
        Set<String> sent = namespace.emit("right");
        source("right", SecuredNamespace.plain(SecuredNamespace.KEY));
        AuditSource wrong = source("wrong", SecuredNamespace.plain("hunter2=="));
        try (CapturedLog log = new CapturedLog();
                AuditLogs logs = open(read())) {
            Patience.until("it fails", () -> logs.failing() == 1);
            awaitAll("right", sent);
            assertThat(logs.reading()).isEqualTo(1);
            awaitWarning(log, wrong, "It refuses the credentials: ", "hunter2");
        }
    }

    /// The consumers of one group must be allowed to read all that the group reads, hence each Event Hub has its own.
    @Test
    void readingBeginsByItselfOnceTheEndpointGivesATokenForTheSecret() throws Exception {
        namespace.createHub("token");
        namespace.createHub("beside");
        namespace.allow(TokenEndpoint.SUBJECT, "token");
        namespace.allow(SecuredNamespace.USER, "beside");
        Set<String> sent = namespace.emit("token");
        Set<String> sentBeside = namespace.emit("beside");
        AuditSource source = source("token", namespace.bearer(CLIENT_SECRET));
        source("beside", SecuredNamespace.plain(SecuredNamespace.KEY));
        assertThat(source.problem(LIMIT).orElseThrow())
                .contains(SecuredNamespace.ALLOWED_URLS, namespace.endpoint().tokens())
                .doesNotContain(CLIENT_SECRET);
        namespace.allowTokens();
        try (CapturedLog log = new CapturedLog();
                AuditLogs logs = open(read())) {
            Patience.until("it fails", () -> logs.failing() == 1);
            awaitWarning(log, source, "signing in", CLIENT_SECRET);
            awaitAll("beside", sentBeside);
            namespace.endpoint().accept(CLIENT_SECRET);
            awaitAll("token", sent);
            assertThat(logs.failing()).isZero();
            assertThat(logs.reading()).isEqualTo(2);
        }
    }

    private static void awaitWarning(CapturedLog log, AuditSource source, String reason, String secret) {
        Patience.until(
                "it is logged",
                () -> log.lines().stream()
                        .anyMatch(line -> line.text().contains("cannot be read from " + source)
                                && line.text().contains(reason)));
        assertThat(log.lines()).noneMatch(line -> line.text().contains(secret));
    }

    private void awaitAll(String hub, Set<String> sent) {
        Patience.until("all is acknowledged", () -> acknowledged.containsAll(sent));
        Patience.until("all is committed", () -> namespace.committed(hub) == sent.size());
    }

    private AuditLogs open(List<AuditSource> sources) {
        return AuditLogs.start(sources, this::publish, new Observed(new ConcurrentLinkedQueue<>()));
    }

    private CompletableFuture<Void> publish(TenantId tenant, Publisher.Origin origin, List<Item> items) {
        items.forEach(item -> acknowledged.add(new String(item.received(), StandardCharsets.UTF_8)));
        return CompletableFuture.completedFuture(null);
    }

    /// Writes the file of an Event Hub.
    private AuditSource source(String hub, String login) throws IOException {
        Files.writeString(
                files.resolve(hub + ".properties"),
                "tenant = contoso\ntopic = %s\n%s%s".formatted(hub, namespace.connection(), login));
        return read().stream()
                .filter(source -> source.topic().equals(hub))
                .findFirst()
                .orElseThrow();
    }

    private List<AuditSource> read() {
        Properties properties = new Properties();
        properties.put("keyward.intake.audit.dir", files.toString());
        return AuditFiles.read(KeywardConfig.load(Optional.empty(), Map.of(), properties));
    }
}
