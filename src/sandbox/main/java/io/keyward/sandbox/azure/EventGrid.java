package io.keyward.sandbox.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers the events of one subscription, as Event Grid does: it asks the webhook for its consent before the first
/// delivery, tries again what was not taken, and drops what is refused for good.
///
/// Unlike Event Grid it delivers in order, waits shorter between attempts, and does not give up.
final class EventGrid implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventGrid.class);
    private static final Set<Integer> TAKEN = Set.of(200, 201, 202, 203, 204);
    private static final Set<Integer> REFUSED = Set.of(400, 401, 403, 413);

    private final WebhookRequests requests;
    private final Duration pause;
    private final HttpClient client;
    private final ExecutorService thread;
    private boolean consented;

    /// Whether what keeps the events from being taken has been logged.
    private boolean logged;

    /// @param pause the time between two attempts
    EventGrid(Subscription subscription, Duration pause) {
        this.requests = new WebhookRequests(subscription);
        this.pause = pause;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        this.thread = Executors.newSingleThreadExecutor(Thread.ofVirtual()
                .name("sandbox-event-grid-" + subscription.tenant())
                .factory());
    }

    Subscription subscription() {
        return requests.subscription();
    }

    /// Returns at once.
    ///
    /// @param taken what to do once the webhook has taken the event; not done if the webhook refuses it
    void deliver(ObjectNode event, Runnable taken) {
        thread.execute(() -> {
            try {
                if (isTaken(event)) {
                    taken.run();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /// Tries until the event is taken or refused.
    private boolean isTaken(ObjectNode event) throws InterruptedException {
        for (int attempts = 0; ; attempts++) {
            if (isConsented()) {
                int status = status(event, attempts);
                if (TAKEN.contains(status)) {
                    logged = false;
                    return true;
                }
                if (REFUSED.contains(status)) {
                    LOG.warn("{} refused an event with {}; Event Grid drops it", subscription(), status);
                    return false;
                }
                warn("did not take an event (status " + status + ")");
            }
            Thread.sleep(pause);
        }
    }

    private boolean isConsented() throws InterruptedException {
        if (!consented) {
            String code = UUID.randomUUID().toString();
            try {
                HttpResponse<String> answer = client.send(
                        requests.handshake(code, InstantSource.system().instant()), BodyHandlers.ofString());
                consented = requests.consents(answer, code);
                if (!consented) {
                    warn("did not consent (status " + answer.statusCode() + ")");
                }
            } catch (IOException away) {
                warn("does not answer (" + away + ")");
            }
        }
        return consented;
    }

    private void warn(String problem) {
        if (!logged) {
            LOG.warn("{} {}; Event Grid tries again until it does", subscription(), problem);
        }
        logged = true;
    }

    /// 0 if there was no answer.
    private int status(ObjectNode event, int attempts) throws InterruptedException {
        try {
            return client.send(requests.delivery(event, attempts), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException _) {
            return 0;
        }
    }

    /// Drops what is not delivered.
    @Override
    public void close() {
        thread.shutdownNow();
        client.shutdownNow();
    }
}
