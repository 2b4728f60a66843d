package io.keyward.intake.eventgrid;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.TenantId;
import io.keyward.intake.Item;
import io.keyward.intake.Publisher;
import io.keyward.intake.eventgrid.HostileRequests.Hostile;
import io.keyward.intake.eventgrid.HttpSocket.Answer;
import io.keyward.testing.CapturedLog;
import io.keyward.testing.Tries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many requests that no sender should send, with good ones in between, while Kafka fails now and then.
/// `-Dfuzz.seed` repeats a run, `-Dfuzz.requests` sets its length; the acceptance is with 100000.
class HostileDeliveriesTest {
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", Tries.of(20_000));
    private static final long SEED = Long.getLong("fuzz.seed", new Random().nextLong());
    private static final int SENDERS = 4;
    private static final Set<Integer> READ = Set.of(200, 503);
    private static final Limits LIMITS = new Limits(List.of(ServedWebhooks.ORIGIN), Duration.ofMillis(50), 1_000_000);

    @TempDir
    private Path secrets;

    private final Ledger ledger = new Ledger();

    /// What one tenant's deliveries came to.
    private static final class Account {
        private final Random random;
        private int acknowledged;
        private int failed;
        private List<Item> last = List.of();

        Account(long seed) {
            random = new Random(seed);
        }
    }

    /// Acknowledges most deliveries, fails some, and does not answer a few.
    private static final class Ledger implements Publisher {
        private final Map<String, Account> accounts = new ConcurrentHashMap<>();

        @Override
        public CompletableFuture<Void> publish(TenantId tenant, Origin origin, List<Item> items) {
            Account account = accounts.get(tenant.value());
            synchronized (account) {
                int outcome = account.random.nextInt(1_000);
                if (outcome >= 70) {
                    account.acknowledged++;
                    account.last = items;
                    return CompletableFuture.completedFuture(null);
                }
                account.failed++;
                if (outcome >= 35) {
                    return CompletableFuture.failedFuture(new IOException("no broker"));
                }
                if (outcome >= 1) {
                    throw new IllegalStateException("the buffer is full");
                }
                return new CompletableFuture<>();
            }
        }
    }

    @Test
    void eachGetsTheAnswerThatItDeservesAndWhatIsAnswered200IsInKafka() throws Exception {
        System.out.println("-Dfuzz.seed=" + SEED + " -Dfuzz.requests=" + REQUESTS);
        for (int sender = 0; sender < SENDERS; sender++) {
            ledger.accounts.put(tenant(sender), new Account(SEED + sender));
            ServedWebhooks.write(secrets, tenant(sender), ServedWebhooks.secret(tenant(sender)));
        }
        RecordingObserver observer = new RecordingObserver();
        try (CapturedLog log = new CapturedLog();
                ServedWebhooks webhooks = new ServedWebhooks(secrets, ledger, observer, LIMITS)) {
            assertThat(statuses(webhooks)).as("seed %d", SEED).containsKeys(200, 400, 401, 404, 405, 413, 503);
            System.out.println("logged: "
                    + log.lines().stream()
                            .collect(Collectors.groupingBy(
                                    line -> line.text().lines().findFirst().orElse(""), Collectors.counting())));
            assertThat(log.lines()).as("seed %d", SEED).allSatisfy(line -> {
                assertThat(line.level()).isNotEqualTo(Level.ERROR);
                assertThat(line.text()).doesNotContain("the+secret", "code=");
            });
        }
    }

    /// How often each status has been answered.
    private Map<Integer, Integer> statuses(ServedWebhooks webhooks) throws Exception {
        Map<Integer, Integer> statuses = new TreeMap<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<Map<Integer, Integer>>> results = new ArrayList<>();
            for (int number = 0; number < SENDERS; number++) {
                Sender sender = new Sender(webhooks.port(), tenant(number), ledger.accounts.get(tenant(number)));
                HostileRequests requests = new HostileRequests(new Random(~SEED - number), tenant(number));
                results.add(senders.submit(() -> sender.send(requests)));
            }
            for (Future<Map<Integer, Integer>> result : results) {
                result.get().forEach((status, count) -> statuses.merge(status, count, Integer::sum));
            }
        }
        System.out.println("statuses (0: no answer): " + statuses);
        return statuses;
    }

    private static String tenant(int sender) {
        return "tenant-" + sender;
    }

    /// Sends the requests of one tenant, one after the other, and checks each answer.
    private static final class Sender {
        private final int port;
        private final String tenant;
        private final Account account;
        private final Map<Integer, Integer> statuses = new TreeMap<>();
        private HttpSocket socket;
        private int acknowledged;
        private int failed;

        Sender(int port, String tenant, Account account) {
            this.port = port;
            this.tenant = tenant;
            this.account = account;
        }

        Map<Integer, Integer> send(HostileRequests requests) throws IOException {
            for (int sent = 0; sent < REQUESTS / SENDERS; sent++) {
                send(requests.next());
            }
            int before = acknowledged;
            for (int attempt = 0; acknowledged == before; attempt++) {
                assertThat(attempt).as("attempts with a good request").isLessThan(20);
                send(requests.good());
            }
            if (socket != null) {
                socket.close();
            }
            return statuses;
        }

        private void send(Hostile request) throws IOException {
            Optional<Answer> answer = answer(request);
            assertThat(answer.isPresent() || !request.isWhole())
                    .as("an answer to %s", request)
                    .isTrue();
            answer.ifPresent(given -> check(request, given));
            synchronized (account) {
                assertThat(account.acknowledged).as("after %s", request).isEqualTo(acknowledged);
                assertThat(account.failed).as("after %s", request).isEqualTo(failed);
            }
            statuses.merge(answer.map(Answer::status).orElse(0), 1, Integer::sum);
        }

        /// A whole request without an answer comes once more on a new connection, as from any client: the server may
        /// close one that has been used. If the first one had been taken, the accounts would differ.
        private Optional<Answer> answer(Hostile request) throws IOException {
            Optional<Answer> answer = ask(request);
            return request.isWhole() && answer.isEmpty() ? ask(request) : answer;
        }

        /// A connection is used again after a whole request whose body has been read.
        private Optional<Answer> ask(Hostile request) throws IOException {
            boolean isUsed = socket != null;
            if (!isUsed) {
                socket = new HttpSocket(port);
            }
            Optional<Answer> answer = socket.ask(request.bytes(), request.isWhole(), request.isHead());
            if (request.isWhole() && answer.isEmpty()) {
                System.out.printf("no answer on a %s connection: %s%n", isUsed ? "used" : "new", socket.ended());
            }
            if (!request.isWhole() || answer.filter(Sender::keepsConnection).isEmpty()) {
                socket.close();
                socket = null;
            }
            return answer;
        }

        private static boolean keepsConnection(Answer answer) {
            return READ.contains(answer.status()) && !answer.headers().containsKey("connection");
        }

        private void check(Hostile request, Answer answer) {
            assertThat(answer.status()).as("the answer to %s", request).isIn(request.allowed());
            boolean isTaken = answer.status() == 200 && answer.body().contains("events are taken");
            acknowledged += isTaken ? 1 : 0;
            failed += answer.status() == 503 ? 1 : 0;
            if (request.isWhole() && isTaken) {
                assertThat(received(account.last))
                        .as("what is in Kafka of %s", request)
                        .isEqualTo(received(EventGridReader.read(new TenantId(tenant), request.body())));
            } else if (request.isDelivery() && answer.status() == 200) {
                assertThat(Deliveries.validationCode(EventGridReader.read(new TenantId(tenant), request.body())))
                        .as("the question in %s", request)
                        .isPresent();
            }
        }

        private static List<String> received(List<Item> items) {
            return items.stream()
                    .map(item -> new String(item.received(), StandardCharsets.ISO_8859_1))
                    .toList();
        }
    }
}
