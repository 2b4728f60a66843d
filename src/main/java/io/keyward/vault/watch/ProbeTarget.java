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

/// A key, or one version of it, that is asked about: what it has answered, and when it is to be asked again.
final class ProbeTarget {
    /// Who is due first.
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

    /// @param kept how many answers are kept
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

    /// When it last gave a conclusive answer to a round trip; before the first one, since when it is watched.
    Instant provenAt() {
        return provenAt;
    }

    /// Answers about whatever is current were answers about it.
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

    /// Whether its answer is being waited for.
    boolean running() {
        return running;
    }

    void running(boolean isRunning) {
        running = isRunning;
    }

    int cost() {
        return ProbeRateLimiter.cost(nextKind, shape);
    }

    /// What kind of key it is, once that has been seen.
    Optional<KeyShape> shape() {
        return shape;
    }

    /// Takes in a conclusive answer. The answer to a read is no evidence; it can only ask for a round trip.
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

    /// Plans the next regular probe: every `deepEvery`-th one is a round trip.
    void regular(Instant at, int deepEvery) {
        nextAt = at;
        nextKind = reads + 1 >= deepEvery ? ProbeKind.ROUND_TRIP : ProbeKind.READ;
        urgent = false;
    }

    /// Plans a round trip before regular probes.
    void urgent(Instant at) {
        nextAt = at;
        nextKind = ProbeKind.ROUND_TRIP;
        urgent = true;
    }

    /// Plans the same probe for later.
    void postponed(Instant at) {
        nextAt = at;
    }
}
