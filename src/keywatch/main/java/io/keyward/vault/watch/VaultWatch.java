package io.keyward.vault.watch;

import io.keyward.client.Coordinates;
import io.keyward.config.Configured;
import io.keyward.config.VaultSettings;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.KeyHint;
import io.keyward.domain.event.WatchState;
import io.keyward.domain.fact.Instants;
import io.keyward.kafka.Stopwatch;
import io.keyward.topology.store.TenantKeyReference;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the keys of this instance in their vaults, and publishes differences from the facts as ordinary
/// events.
///
/// One thread makes all decisions. Probes run on virtual threads, and publishing runs on its own thread.
public final class VaultWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VaultWatch.class);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /// If the clock goes back by more than this, the watch starts again; otherwise it would sleep until the old
    /// time.
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

    private final Configured settings;
    private final Ports ports;
    private final BlockingQueue<Consumer<Instant>> inbox = new LinkedBlockingQueue<>();
    private final ExecutorService probes = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("keyward-vault-probe-", 0).factory());
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private WatchLogic watch;
    private Instant lastStep = Instant.MIN;
    private Instant refreshAt = Instant.MIN;
    private boolean listing;
    private boolean listAgain;
    private boolean hasLoggedReport;
    private volatile Instant oldestProof = Instant.MAX;
    private volatile Instant oldestHint = Instant.MAX;
    private volatile int deniedHeld;
    private volatile Map<WatchState, Integer> states = Map.of();

    /// The vaults, the keys, the publishers and the clock.
    ///
    /// @param publisher publishes findings as ordinary events. Returns at once; the result is the coordinates of
    ///     the record once Kafka has acknowledged it. After a failure, the event may not have arrived
    /// @param reports publishes in the same way how well keys are watched
    /// @param observer gets the outcome of each probe and its duration, on many threads; must be fast and must
    ///     not throw
    public record Ports(
            KeyVault vault,
            KeySource keySource,
            Function<Event.OfKey, CompletableFuture<Coordinates>> publisher,
            Function<WatchReport, CompletableFuture<Coordinates>> reports,
            BiConsumer<ProbeOutcome, Duration> observer,
            InstantSource clock) {}

    public VaultWatch(Configured settings, Ports ports) {
        this.settings = settings;
        this.ports = ports;
        this.watch = newWatch();
        this.thread = Thread.ofPlatform().name("keyward-vault-watch").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Completes when the watch has ended; completes exceptionally if a defect ended it.
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /// The longest time that a key has been without a conclusive round-trip answer; zero when no key is
    /// watched.
    public Duration stalest() {
        return since(oldestProof);
    }

    /// The longest time since a hint that no conclusive round-trip answer has followed; zero if there is none.
    public Duration oldestUnansweredHint() {
        return since(oldestHint);
    }

    /// The number of keys whose denials are not published, because many began at once.
    public int deniedHeld() {
        return deniedHeld;
    }

    /// The number of watched keys in this state, as of the last refresh.
    public int keys(WatchState state) {
        return states.getOrDefault(state, 0);
    }

    private Duration since(Instant moment) {
        Instant now = ports.clock().instant();
        return moment.isBefore(now) ? Duration.between(moment, now) : Duration.ZERO;
    }

    /// Probes the keys that a hint concerns at once, within the limits of their vaults. A hint of a key that is
    /// not watched yet counts for the next ten minutes.
    ///
    /// @param at when it was written
    /// @param result gets what becomes of the hint, on another thread; must be fast and must not throw
    public void hinted(KeyHint hint, Instant at, Consumer<HintResult> result) {
        inbox.add(now -> result.accept(watch.hinted(hint, at, now)));
    }

    /// Looks up the keys in use soon, because they may have changed.
    public void refresh() {
        inbox.add(_ -> refreshAt = Instant.MIN);
    }

    private WatchLogic newWatch() {
        return new WatchLogic(settings, ports.keySource(), new SplittableRandom());
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                step();
            }
            ended.complete(null);
        } catch (InterruptedException closing) {
            ended.complete(null);
        } catch (RuntimeException | Error defect) {
            LOG.error("The key watch stops because of a failure", defect);
            ended.completeExceptionally(defect);
        }
    }

    private void step() throws InterruptedException {
        Instant now = ports.clock().instant();
        restartIfTheClockWentBack(now);
        lastStep = now;
        if (!now.isBefore(refreshAt)) {
            refreshAt = now.plus(settings.value(VaultSettings.REFRESH));
            refresh(now);
        }
        Optional<ProbeRequest> request = watch.scheduler().next(now);
        while (request.isPresent()) {
            ask(request.get());
            request = watch.scheduler().next(now);
        }
        oldestProof = watch.scheduler().oldestProof().orElse(Instant.MAX);
        oldestHint = watch.scheduler().oldestUnansweredHint().orElse(Instant.MAX);
        deniedHeld = watch.deniedHeld();
        Consumer<Instant> message = inbox.poll(millisToWait(now), TimeUnit.MILLISECONDS);
        while (message != null) {
            message.accept(ports.clock().instant());
            message = inbox.poll();
        }
    }

    private void restartIfTheClockWentBack(Instant now) {
        if (now.plus(CLOCK_TOLERANCE).isBefore(lastStep)) {
            LOG.warn("The clock went back from {} to {}; restarting the key watch", lastStep, now);
            watch = newWatch();
            refreshAt = now;
        }
    }

    private long millisToWait(Instant now) {
        Instant next = Instants.min(watch.scheduler().wakeAt(), refreshAt);
        Instant until = Instants.min(next, now.plus(LONGEST_WAIT));
        return Math.max(1, Duration.between(now, until).toMillis());
    }

    private void refresh(Instant now) {
        WatchLogic asker = watch;
        states = asker.states(now);
        hasLoggedReport = false;
        asker.reports(now).forEach(report -> publish(asker, report));
        asker.review(now).forEach(event -> publish(asker, event));
        if (listing) {
            listAgain = true;
        } else {
            listing = true;
            var _ = CompletableFuture.supplyAsync(() -> ports.keySource().inUse(now), probes)
                    .whenComplete((inUse, failure) ->
                            inbox.add(at -> listed(asker, Optional.ofNullable(inUse), failure, at)));
        }
    }

    /// After a failure, the next lookup tries again.
    private void listed(
            WatchLogic asker,
            Optional<Map<Integer, Optional<Set<TenantKeyReference>>>> inUse,
            Throwable failure,
            Instant at) {
        listing = false;
        if (listAgain) {
            listAgain = false;
            refreshAt = Instant.MIN;
        }
        inUse.ifPresentOrElse(
                keys -> asker.listed(keys, at),
                () -> LOG.warn(
                        "Cannot list the keys in use: {}", failure.getCause().toString()));
    }

    private void ask(ProbeRequest request) {
        WatchLogic asker = watch;
        probes.execute(() -> {
            Instant askedAt = ports.clock().instant();
            Stopwatch began = Stopwatch.start();
            ProbeResult result = probe(request);
            ports.observer().accept(result.outcome(), began.elapsed());
            inbox.add(now -> answered(asker, request, askedAt, result, now));
        });
    }

    /// The vault's client must not throw. If it does, the answer is inconclusive. The exception's message is
    /// not logged, because it may quote the vault.
    private ProbeResult probe(ProbeRequest request) {
        try {
            return ports.vault().probe(request.key(), request.kind());
        } catch (RuntimeException defect) {
            LOG.error(
                    "The probe of {} failed with {}",
                    request.key(),
                    defect.getClass().getName());
            return ProbeResult.of(ProbeOutcome.UNAVAILABLE, "The probe itself failed.");
        }
    }

    private void answered(WatchLogic asker, ProbeRequest request, Instant askedAt, ProbeResult result, Instant now) {
        LOG.debug("{} {}: {} {}", request.kind(), request.key(), result.outcome(), result.detail());
        asker.answered(request, askedAt, result, now).forEach(event -> {
            LOG.info(
                    "{} for tenant {}: {} ({} {})",
                    event.type(),
                    event.tenantId(),
                    request.key(),
                    result.outcome(),
                    result.detail());
            publish(asker, event);
        });
    }

    private void publish(WatchLogic asker, Event.OfKey event) {
        var _ = ports.publisher().apply(event).whenComplete((coordinates, failure) -> {
            if (failure == null) {
                inbox.add(now -> asker.outbound().placed(event, coordinates, now));
            } else {
                LOG.warn(
                        "{} of {} is not published yet and will be sent again: {}",
                        event.type(),
                        event.key(),
                        failure.toString());
                inbox.add(now -> asker.outbound().failed(event, now));
            }
        });
    }

    private void publish(WatchLogic asker, WatchReport report) {
        var _ = ports.reports().apply(report).whenComplete((_, failure) -> {
            if (failure != null) {
                inbox.add(_ -> failed(asker, report, failure));
            }
        });
    }

    /// Logs one failure for each refresh, because all keys fail together.
    private void failed(WatchLogic asker, WatchReport report, Throwable failure) {
        if (!hasLoggedReport) {
            LOG.warn(
                    "The watch report of {} is not published yet and will be sent again: {}",
                    report.key(),
                    failure.toString());
            hasLoggedReport = true;
        }
        asker.failed(report);
    }

    /// Stops probing. Events that are being published are still published.
    @Override
    public void close() {
        stopStepping(); // first, because a step starts probes
        probes.shutdownNow();
    }

    private void stopStepping() {
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
