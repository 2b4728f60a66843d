package example;

import io.keyward.client.Notice;
import io.keyward.client.Settings;
import io.keyward.client.WarningFeed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Keeps an outside system in step with the incidents: posts each notice to a URL at least once, in order.
 *
 * <p>The position is stored after the notices are accepted. After a stop, the last of them may be posted again; run it under
 * something that starts it again when it fails. Run one at a time for each file.
 */
public final class WebhookFeed {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final String USAGE =
            "Usage: WebhookFeed BOOTSTRAP_SERVERS REGISTRY_URL WEBHOOK_URL POSITION_FILE [PREFIX]";

    private WebhookFeed() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        if (arguments.length < 4 || arguments.length > 5) {
            throw new IllegalArgumentException(USAGE);
        }
        // So many notices at most are posted again after a stop. Security: more of .withKafka and .withRegistry.
        Settings settings = Settings.of(arguments[0], arguments[1])
                .withPrefix(arguments.length == 5 ? arguments[4] : Settings.PREFIX)
                .withKafka("max.poll.records", 10);
        Duration timeout = Duration.parse(System.getenv().getOrDefault("WEBHOOK_TIMEOUT", "PT10S"));
        run(settings, new Delivery(URI.create(arguments[2]), timeout), Path.of(arguments[3]));
    }

    private static void run(Settings settings, Delivery delivery, Path file) throws IOException, InterruptedException {
        String position = Files.exists(file) ? Files.readString(file).strip() : WarningFeed.FROM_BEGINNING;
        try (WarningFeed feed = WarningFeed.open(settings, position)) {
            while (true) {
                // Before the first poll, too: else a stop would make FROM_NOW begin later.
                if (!feed.position().equals(position)) {
                    position = feed.position();
                    store(file, position);
                }
                for (Notice notice : feed.poll(POLL)) {
                    delivery.deliver(notice);
                }
            }
        }
    }

    /** Whoever reads the file finds the old position or the new one, also after the machine has failed. */
    private static void store(Path file, String position) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(
                written,
                position,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
