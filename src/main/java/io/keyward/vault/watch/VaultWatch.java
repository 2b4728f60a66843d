package io.keyward.vault.watch;

import io.keyward.domain.event.Event;
import io.keyward.topology.store.KeyInUse;
import io.keyward.vault.KeyVault;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the keys of this instance in their vaults, and publishes what differs from the facts as ordinary events.
///
/// One thread decides; probes run beside it on virtual threads, and publishing on one of its own.
public final class VaultWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VaultWatch.class);

    /// However long there is nothing to do.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /// A clock that goes back by more than this would let the watch sleep until it is where it was.
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

    private final WatchSettings settings;
    private final Ports ports;
    private final BlockingQueue<Consumer<Instant>> inbox = new LinkedBlockingQueue<>();
    private final ExecutorService probes = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("keyward-vault-probe-", 0).factory());
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private Watch watch;
    private Instant lastTurn = Instant.MIN;
    private Instant refreshAt = Instant.MIN;
    private boolean listing;
    private boolean listAgain;
    private volatile Instant oldestProof = Instant.MAX;

    /// What the watch is connected with.
    public record Ports(
            KeyVault vault,
            WatchedKeys holdings,
            FactPublisher publisher,
            ProbeObserver observer,
            InstantSource clock) {}

    private VaultWatch(WatchSettings settings, Ports ports) {
        this.settings = settings;
        this.ports = ports;
        this.watch = newWatch();
        this.thread = Thread.ofPlatform().name("keyward-vault-watch").daemon().unstarted(this::run);
    }

    /// Makes a watch that has not been started.
    public static VaultWatch of(WatchSettings settings, Ports ports) {
        return new VaultWatch(settings, ports);
    }

    public void start() {
        thread.start();
    }

    /// Completes when the watch has ended; exceptionally if a defect has ended it.
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /// How long the key that has gone longest without a conclusive answer to a deep probe has gone without one; zero
    /// when no key is watched.
    public Duration stalest() {
        Instant oldest = oldestProof;
        Instant now = ports.clock().instant();
        return oldest.isBefore(now) ? Duration.between(oldest, now) : Duration.ZERO;
    }

    /// Looks up soon which keys there are: they may be others now.
    public void refresh() {
        inbox.add(_ -> refreshAt = Instant.MIN);
    }

    private Watch newWatch() {
        return new Watch(settings, ports.holdings(), new SplittableRandom());
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                turn();
            }
            ended.complete(null);
        } catch (InterruptedException closing) {
            ended.complete(null);
        } catch (RuntimeException | Error defect) {
            LOG.error("The watch over keys stops because of a failure", defect);
            ended.completeExceptionally(defect);
        }
    }

    private void turn() throws InterruptedException {
        Instant now = ports.clock().instant();
        startAfreshIfTheClockWentBack(now);
        lastTurn = now;
        if (!now.isBefore(refreshAt)) {
            refreshAt = now.plus(settings.pace().refresh());
            refresh(now);
        }
        Optional<ProbeRequest> question = watch.next(now);
        while (question.isPresent()) {
            ask(question.get());
            question = watch.next(now);
        }
        oldestProof = watch.oldestProof().orElse(Instant.MAX);
        Consumer<Instant> message = inbox.poll(millisToWait(now), TimeUnit.MILLISECONDS);
        while (message != null) {
            message.accept(ports.clock().instant());
            message = inbox.poll();
        }
    }

    private void startAfreshIfTheClockWentBack(Instant now) {
        if (now.plus(CLOCK_TOLERANCE).isBefore(lastTurn)) {
            LOG.warn("The clock has gone back from {} to {}: the watch over keys starts afresh", lastTurn, now);
            watch = newWatch();
            refreshAt = now;
        }
    }

    private long millisToWait(Instant now) {
        Instant next = watch.wakeAt().isBefore(refreshAt) ? watch.wakeAt() : refreshAt;
        Instant latest = now.plus(LONGEST_WAIT);
        return Math.max(
                1, Duration.between(now, next.isBefore(latest) ? next : latest).toMillis());
    }

    private void refresh(Instant now) {
        Watch asker = watch;
        asker.review(now).forEach(event -> publish(asker, event));
        if (listing) {
            listAgain = true;
        } else {
            listing = true;
            probes.execute(() -> list(asker, now));
        }
    }

    /// What cannot be listed now can be next time.
    private void list(Watch asker, Instant now) {
        Optional<Map<Integer, Optional<Set<KeyInUse>>>> listed = Optional.empty();
        try {
            listed = Optional.of(ports.holdings().inUse(now));
        } catch (RuntimeException failure) {
            LOG.warn("The keys in use cannot be listed now: {}", failure.toString());
        }
        Optional<Map<Integer, Optional<Set<KeyInUse>>>> result = listed;
        inbox.add(at -> {
            listing = false;
            if (listAgain) {
                listAgain = false;
                refreshAt = Instant.MIN;
            }
            result.ifPresent(inUse -> asker.listed(inUse, at));
        });
    }

    private void ask(ProbeRequest question) {
        Watch asker = watch;
        probes.execute(() -> {
            Instant asked = ports.clock().instant();
            long began = System.nanoTime();
            ProbeResult finding = probe(question);
            ports.observer().probed(finding.verdict(), Duration.ofNanos(System.nanoTime() - began));
            inbox.add(now -> answered(asker, question, asked, finding, now));
        });
    }

    /// A vault's client answers whatever happens; if it does not, that says nothing of the key. What its exception says
    /// may be the vault's own words, and is not logged.
    private ProbeResult probe(ProbeRequest question) {
        try {
            return ports.vault().probe(question.key(), question.depth());
        } catch (RuntimeException defect) {
            LOG.error(
                    "The probe of {} failed with {}",
                    question.key(),
                    defect.getClass().getName());
            return ProbeResult.of(ProbeOutcome.UNAVAILABLE, "The probe itself failed.");
        }
    }

    private void answered(Watch asker, ProbeRequest question, Instant asked, ProbeResult finding, Instant now) {
        LOG.debug("{} {}: {} {}", question.depth(), question.key(), finding.verdict(), finding.detail());
        asker.answered(question, asked, finding, now).forEach(event -> {
            LOG.info(
                    "{} for tenant {}: {} ({} {})",
                    event.type(),
                    event.tenantId(),
                    question.key(),
                    finding.verdict(),
                    finding.detail());
            publish(asker, event);
        });
    }

    private void publish(Watch asker, Event.OfKey event) {
        ports.publisher().publish(event, new FactPublisher.Receipt() {
            @Override
            public void placed(TopicPartition partition, long offset) {
                inbox.add(now -> asker.placed(event, new RecordPosition(partition, offset), now));
            }

            @Override
            public void failed(Exception failure) {
                LOG.warn(
                        "{} of {} is not published yet and will be sent again: {}",
                        event.type(),
                        event.key(),
                        failure.toString());
                inbox.add(now -> asker.failed(event, now));
            }
        });
    }

    /// Stops asking, if that was begun; what is being published still is.
    @Override
    public void close() {
        probes.shutdownNow();
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(LONGEST_WAIT.multipliedBy(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
