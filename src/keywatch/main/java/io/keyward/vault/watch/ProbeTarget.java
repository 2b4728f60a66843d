package io.keyward.vault.watch;

import io.keyward.config.Configured;
import io.keyward.config.Setting;
import io.keyward.config.VaultSettings;
import io.keyward.domain.id.KeyReference;
import io.keyward.vault.KeyDescription;
import io.keyward.vault.KeyShape;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A key, or one version of it, to probe: its answers and the time of its next probe.
final class ProbeTarget {
    /// Orders targets by the time of their next probe.
    static final Comparator<ProbeTarget> BY_TIME =
            Comparator.comparing(ProbeTarget::nextAt).thenComparing(ProbeTarget::key);

    private final KeyReference key;
    private final Quota quota;
    private final Configured settings;
    private final RandomGenerator random;
    private final ReprobeSchedule reprobes;
    private final Deque<ProbeAnswer> answers = new ArrayDeque<>();
    private Optional<ProbeAnswer> denial = Optional.empty();
    private Instant countedAt = Instant.MIN;
    private Instant plannedAt;
    private ProbeKind plannedKind = ProbeKind.ROUND_TRIP;
    private boolean urgent;
    private boolean running;
    private int reads;
    private int inconclusive;
    private Instant provenAt;
    private Optional<KeyShape> shape = Optional.empty();

    /// The first probe is at a random time within one period, so that a start does not probe all keys at once.
    ProbeTarget(KeyReference key, Configured settings, RandomGenerator random, Instant now) {
        this.key = key;
        this.quota = Quota.of(key.key().vaultUri());
        this.settings = settings;
        this.random = random;
        this.reprobes = new ReprobeSchedule(
                settings.value(VaultSettings.CONFIRM_INTERVAL).dividedBy(3));
        this.provenAt = now;
        this.plannedAt = now.plusNanos(
                random.nextLong(settings.value(VaultSettings.PERIOD).toNanos()));
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
        reprobes.answered(provenAt);
    }

    /// The time of the next probe: the planned one, or one because of a hint.
    Instant nextAt() {
        return isHinted() ? reprobes.nextAt() : plannedAt;
    }

    ProbeKind nextKind() {
        return isHinted() ? ProbeKind.ROUND_TRIP : plannedKind;
    }

    ProbePriority priority() {
        if (isHinted()) {
            return ProbePriority.HINTED;
        }
        return urgent ? ProbePriority.SUSPECT : ProbePriority.REGULAR;
    }

    private boolean isHinted() {
        return !reprobes.nextAt().isAfter(plannedAt);
    }

    /// Whether an urgent probe is planned no later than this.
    boolean isUrgentBy(Instant at) {
        return urgent && !plannedAt.isAfter(at);
    }

    boolean running() {
        return running;
    }

    /// The next probe begins.
    void started(Instant now) {
        if (nextKind() == ProbeKind.ROUND_TRIP) {
            reprobes.started(now);
        }
        running = true;
    }

    int cost() {
        return quota.cost(nextKind(), shape);
    }

    /// When the oldest unanswered hint arrived; [Instant#MAX] if there is none.
    Instant unansweredSince() {
        return reprobes.unansweredSince();
    }

    /// A hint arrives. A probe because of it takes the place of a planned one that is overdue.
    ///
    /// @param at when it was written
    void hinted(Instant at, Instant now) {
        reprobes.hinted(at, now);
        if (!reprobes.nextAt().isAfter(now) && plannedAt.isBefore(reprobes.nextAt())) {
            plannedAt = reprobes.nextAt();
        }
    }

    /// A hint arrives that concerns many keys.
    void hintedWithOthers(Instant now) {
        reprobes.hintedWithOthers(random, now);
    }

    /// Whether as many answers in a row were inconclusive as prove something otherwise.
    boolean isUnreachable() {
        return inconclusive >= settings.value(VaultSettings.CONFIRMATIONS);
    }

    /// The key type; empty until an answer shows it.
    Optional<KeyShape> shape() {
        return shape;
    }

    /// Processes the answer of the running probe, and plans the next one. A read's answer is not evidence; it can only
    /// cause a round trip.
    ///
    /// The answers that count are never closer together than the probes of a confirmation, so that hints confirm
    /// nothing faster. An answer that comes sooner after the last one counts only if it differs. Then the vault is
    /// not of one mind, and the earlier answers count no more.
    void answered(ProbeRequest request, Instant askedAt, ProbeResult result, Instant now) {
        running = false;
        inconclusive = result.conclusive() ? 0 : inconclusive + 1;
        if (!result.conclusive()) {
            postponed(now.plus(jittered(VaultSettings.CONFIRM_INTERVAL)));
            return;
        }
        result.key().map(KeyDescription::shape).ifPresent(known -> shape = Optional.of(known));
        boolean same = last().filter(last -> saysTheSame(last.result(), result)).isPresent();
        switch (request.kind()) {
            case READ -> {
                reads++;
                denial = denial.filter(denied -> !isAdmittedBy(result, denied));
                if (same) {
                    regular(now);
                } else {
                    urgent(now);
                }
            }
            case ROUND_TRIP -> proven(askedAt, result, same, now);
        }
    }

    private void proven(Instant askedAt, ProbeResult result, boolean same, Instant now) {
        reads = 0;
        provenAt = askedAt;
        reprobes.answered(askedAt);
        denial = Optional.of(answer(askedAt, result)).filter(ProbeAnswer::isDenial);
        boolean soon = askedAt.isBefore(countedAt.plus(leastInterval()));
        if (soon && same) {
            repeated(askedAt, now);
            return;
        }
        if (soon) {
            answers.clear();
        }
        count(denial.orElseGet(() -> answer(askedAt, result)), askedAt);
        regular(now);
    }

    private ProbeAnswer answer(Instant askedAt, ProbeResult result) {
        ProbeAnswer answer = new ProbeAnswer(askedAt, key.version(), result);
        return denial.filter(answer::continues)
                .map(denied -> new ProbeAnswer(askedAt, key.version(), result, denied.deniedSince()))
                .orElse(answer);
    }

    /// Whether a read passed the firewall that may have denied a round trip. Only a round trip shows missing grants.
    private static boolean isAdmittedBy(ProbeResult read, ProbeAnswer denied) {
        return denied.mayBeOfTheNetwork()
                && !new ProbeAnswer(denied.askedAt(), denied.asFor(), read).mayBeOfTheNetwork();
    }

    /// A probe that was due by then is planned again: one that counts, so long after the last one that did, or a
    /// regular one.
    private void repeated(Instant askedAt, Instant now) {
        if (plannedAt.isAfter(askedAt)) {
            return;
        }
        if (urgent) {
            urgent(countedAt.plus(jittered(VaultSettings.CONFIRM_INTERVAL)));
        } else {
            regular(now);
        }
    }

    private void count(ProbeAnswer answer, Instant askedAt) {
        countedAt = askedAt;
        answers.addLast(answer);
        if (answers.size() > settings.value(VaultSettings.CONFIRMATIONS)) {
            answers.removeFirst();
        }
    }

    private static boolean saysTheSame(ProbeResult one, ProbeResult other) {
        return one.outcome() == other.outcome()
                && one.denial().equals(other.denial())
                && one.key().equals(other.key());
    }

    /// Plans the next regular probe: every so many is a round trip.
    private void regular(Instant now) {
        plannedAt = now.plus(jittered(VaultSettings.PERIOD));
        plannedKind = reads + 1 >= settings.value(VaultSettings.DEEP_EVERY) ? ProbeKind.ROUND_TRIP : ProbeKind.READ;
        urgent = false;
    }

    /// Plans a round trip, with priority over regular probes.
    void urgent(Instant at) {
        plannedAt = at;
        plannedKind = ProbeKind.ROUND_TRIP;
        urgent = true;
    }

    /// Makes the next probe at this time, for the same reason.
    void postponed(Instant at) {
        plannedAt = at;
        reprobes.postponed(at);
    }

    /// The least time between two probes of a confirmation.
    private Duration leastInterval() {
        return settings.value(VaultSettings.CONFIRM_INTERVAL)
                .multipliedBy(100 - settings.value(VaultSettings.JITTER))
                .dividedBy(100);
    }

    private Duration jittered(Setting<Duration> duration) {
        return jittered(duration, settings, random);
    }

    /// A duration with its random variation.
    static Duration jittered(Setting<Duration> setting, Configured settings, RandomGenerator random) {
        Duration duration = settings.value(setting);
        double off = settings.value(VaultSettings.JITTER) / 100.0 * (2 * random.nextDouble() - 1);
        return duration.plusNanos((long) (duration.toNanos() * off));
    }
}
