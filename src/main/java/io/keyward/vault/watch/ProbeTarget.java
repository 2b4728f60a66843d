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
    private ProbeKind nextDepth = ProbeKind.DEEP;
    private boolean urgent;
    private boolean running;
    private int lightProbes;
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

    /// When it last gave a conclusive answer to a deep probe; before the first one, since when it is watched.
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

    ProbeKind nextDepth() {
        return nextDepth;
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
        return ProbeRateLimiter.cost(nextDepth, shape);
    }

    /// What kind of key it is, once that has been seen.
    Optional<KeyShape> shape() {
        return shape;
    }

    /// Takes in a conclusive answer. One to a light probe is no evidence; all it can do is to raise a question.
    ///
    /// @return whether a deep probe is needed to answer it
    boolean answered(ProbeRequest question, Instant asked, ProbeResult finding) {
        finding.key().map(KeyDescription::shape).ifPresent(known -> shape = Optional.of(known));
        return switch (question.depth()) {
            case LIGHT -> {
                lightProbes++;
                yield last().filter(last -> saysTheSame(last.finding(), finding))
                        .isEmpty();
            }
            case DEEP -> {
                lightProbes = 0;
                provenAt = asked;
                answers.addLast(new ProbeAnswer(asked, key.version(), finding));
                if (answers.size() > kept) {
                    answers.removeFirst();
                }
                yield false;
            }
        };
    }

    private static boolean saysTheSame(ProbeResult one, ProbeResult other) {
        return one.verdict() == other.verdict()
                && one.denial().equals(other.denial())
                && one.key().equals(other.key());
    }

    /// Asks in its turn: every so many-th probe is a deep one.
    void regular(Instant at, int deepEvery) {
        nextAt = at;
        nextDepth = lightProbes + 1 >= deepEvery ? ProbeKind.DEEP : ProbeKind.LIGHT;
        urgent = false;
    }

    /// Asks deeply and before others.
    void urgent(Instant at) {
        nextAt = at;
        nextDepth = ProbeKind.DEEP;
        urgent = true;
    }

    /// Asks the same later.
    void postponed(Instant at) {
        nextAt = at;
    }
}
