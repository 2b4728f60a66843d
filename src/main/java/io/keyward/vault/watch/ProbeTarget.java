package io.keyward.vault.watch;

import io.keyward.domain.id.KeyReference;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.KeyShape;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeResult;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A key, or one version of it, to probe: its answers and the time of its next probe.
final class ProbeTarget {
    /// Orders targets by the time of their next probe.
    static final Comparator<ProbeTarget> BY_TIME =
            Comparator.comparing((ProbeTarget target) -> target.nextAt).thenComparing(target -> target.key);

    private final KeyReference key;
    private final int kept;
    private final Deque<ProbeAnswer> answers = new ArrayDeque<>();
    private Instant nextAt;
    private ProbeKind nextKind = ProbeKind.ROUND_TRIP;
    private boolean urgent;
    private boolean running;
    private int reads;
    private Instant provenAt;
    private Optional<KeyShape> shape = Optional.empty();

    /// @param kept the number of answers to keep
    ProbeTarget(KeyReference key, int kept, Instant now, Instant nextAt) {
        this.key = key;
        this.kept = kept;
        this.provenAt = now;
        this.nextAt = nextAt;
    }

    KeyReference key() {
        return key;
    }

    List<ProbeAnswer> answers() {
        return List.copyOf(answers);
    }

    Optional<ProbeAnswer> last() {
        return Optional.ofNullable(answers.peekLast());
    }

    /// The time of the last conclusive round-trip answer; before the first one, the start of the watch.
    Instant provenAt() {
        return provenAt;
    }

    /// Applies the answers about the current version, because they were about this version.
    void provenBy(ProbeTarget current) {
        provenAt = current.provenAt;
    }

    Instant nextAt() {
        return nextAt;
    }

    ProbeKind nextKind() {
        return nextKind;
    }

    boolean urgent() {
        return urgent;
    }

    boolean running() {
        return running;
    }

    void running(boolean isRunning) {
        running = isRunning;
    }

    int cost() {
        return ProbeRateLimiter.cost(nextKind, shape);
    }

    /// The key type; empty until an answer shows it.
    Optional<KeyShape> shape() {
        return shape;
    }

    /// Processes a conclusive answer. A read's answer is no evidence; it can only cause a round trip.
    ///
    /// @return whether a round trip is needed
    boolean answered(ProbeRequest request, Instant asked, ProbeResult result) {
        result.key().map(KeyDescription::shape).ifPresent(known -> shape = Optional.of(known));
        return switch (request.kind()) {
            case READ -> {
                reads++;
                yield last().filter(last -> saysTheSame(last.result(), result)).isEmpty();
            }
            case ROUND_TRIP -> {
                reads = 0;
                provenAt = asked;
                answers.addLast(new ProbeAnswer(asked, key.version(), result));
                if (answers.size() > kept) {
                    answers.removeFirst();
                }
                yield false;
            }
        };
    }

    private static boolean saysTheSame(ProbeResult one, ProbeResult other) {
        return one.outcome() == other.outcome()
                && one.denial().equals(other.denial())
                && one.key().equals(other.key());
    }

    /// Schedules the next regular probe: every `deepEvery`-th one is a round trip.
    void regular(Instant at, int deepEvery) {
        nextAt = at;
        nextKind = reads + 1 >= deepEvery ? ProbeKind.ROUND_TRIP : ProbeKind.READ;
        urgent = false;
    }

    /// Schedules a round trip, with priority over regular probes.
    void urgent(Instant at) {
        nextAt = at;
        nextKind = ProbeKind.ROUND_TRIP;
        urgent = true;
    }

    void postponed(Instant at) {
        nextAt = at;
    }
}
