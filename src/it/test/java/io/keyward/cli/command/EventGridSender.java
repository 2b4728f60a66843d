package io.keyward.cli.command;

import io.keyward.testing.process.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Delivers events of new versions of a key as Event Grid does: until the answer is 200, with growing
/// pauses, which are shorter here. It drops events after the answers after which Event Grid drops them.
final class EventGridSender implements AutoCloseable {
    private static final Set<Integer> DROPPED_AFTER = Set.of(400, 401, 403, 413);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int BATCH = 3;

    private final URI webhook;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger next = new AtomicInteger();
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Set<String> dropped = ConcurrentHashMap.newKeySet();
    private final Map<Integer, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final CountDownLatch enough = new CountDownLatch(1);
    private final List<Thread> threads;

    private EventGridSender(URI webhook, int threads) {
        this.webhook = webhook;
        this.threads = IntStream.range(0, threads)
                .mapToObj(_ -> Thread.ofVirtual().unstarted(this::deliverBatches))
                .toList();
    }

    /// Begins to deliver batches.
    ///
    /// @param threads that deliver at the same time
    static EventGridSender start(URI webhook, int threads) {
        EventGridSender sender = new EventGridSender(webhook, threads);
        sender.threads.forEach(Thread::start);
        return sender;
    }

    /// An event as Event Grid writes it, which the number makes different from all others.
    static String event(String id, int number) {
        return """
                {"id":"%s","topic":"/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv-contoso",
                "subject":"hr","eventType":"Microsoft.KeyVault.KeyNewVersionCreated",
                "eventTime":"2026-09-01T00:00:00.%06dZ","dataVersion":"1","metadataVersion":"1",
                "data":{"Id":"https://kv-contoso.vault.azure.net/keys/hr/%032x","VaultName":"kv-contoso",
                "ObjectType":"Key","ObjectName":"hr","Version":"%032x","NBF":null,"EXP":null}}""".formatted(id, number, number, number);
    }

    private void deliverBatches() {
        while (enough.getCount() > 0) {
            List<Integer> numbers = IntStream.range(0, BATCH)
                    .mapToObj(_ -> next.incrementAndGet())
                    .toList();
            List<String> events = numbers.stream()
                    .map(number -> event("event-" + number, number))
                    .toList();
            Set<String> fate = isTaken("[" + String.join(",", events) + "]") ? taken : dropped;
            numbers.forEach(number -> fate.add("eg:event-" + number));
        }
    }

    private boolean isTaken(String batch) {
        Duration pause = SHORTEST_PAUSE;
        int status = send(batch);
        while (status != 200) {
            if (DROPPED_AFTER.contains(status)) {
                return false;
            }
            await(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            status = send(batch);
        }
        return true;
    }

    /// @return 0 if there was no answer
    private int send(String batch) {
        HttpRequest request = HttpRequest.newBuilder(webhook)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(batch))
                .build();
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            answers.computeIfAbsent(status, _ -> new AtomicInteger()).incrementAndGet();
            return status;
        } catch (IOException noAnswer) {
            return 0;
        } catch (InterruptedException interruption) {
            throw Patience.interrupted(interruption);
        }
    }

    /// Waits between two attempts. Ends the wait when no new batches are to be sent, so that the rest goes
    /// quickly.
    private void await(Duration pause) {
        try {
            if (enough.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                Patience.pause();
            }
        } catch (InterruptedException interruption) {
            throw Patience.interrupted(interruption);
        }
    }

    /// How many answers with this status there were.
    int answers(int status) {
        AtomicInteger count = answers.get(status);
        return count == null ? 0 : count.get();
    }

    /// The statuses of all answers.
    Set<Integer> statuses() {
        return answers.keySet();
    }

    /// The ids of our events about all that was answered 200.
    Set<String> taken() {
        return taken;
    }

    /// The ids of our events about what Event Grid would have dropped.
    Set<String> dropped() {
        return dropped;
    }

    /// Delivers what is begun, and returns when it is taken or dropped.
    void finish() {
        enough.countDown();
        Patience.until("all is delivered", () -> threads.stream().noneMatch(Thread::isAlive));
    }

    @Override
    public void close() {
        enough.countDown();
        threads.forEach(Thread::interrupt);
        client.shutdownNow();
    }
}
