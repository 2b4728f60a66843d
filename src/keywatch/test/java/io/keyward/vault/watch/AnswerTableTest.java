package io.keyward.vault.watch;

import static io.keyward.vault.watch.Answers.CONTOSO;
import static io.keyward.vault.watch.Answers.KEY;
import static io.keyward.vault.watch.Answers.at;
import static io.keyward.vault.watch.Answers.denied;
import static io.keyward.vault.watch.Answers.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.config.KeywardConfig;
import io.keyward.config.VaultSettings;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.RevocationCause;
import io.keyward.domain.event.Stamp;
import io.keyward.domain.fact.KeyFacts;
import io.keyward.domain.id.EventId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.KeyReference;
import io.keyward.domain.id.KeyVersion;
import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.TenantKeyReference;
import io.keyward.vault.DenialReason;
import io.keyward.vault.ProbeKind;
import io.keyward.vault.ProbeOutcome;
import io.keyward.vault.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What the watch publishes of a key that gives one answer all the time: one row for each answer, worth of Keyward's
/// identity and network, stage, and revocation that is open. What is expected is written from docs/vault.md, and uses
/// nothing of the watch.
class AnswerTableTest {
    /// Shorter than by default, and longer than the grace of the network.
    private static final Duration HOLD = Duration.ofHours(2);

    private static final KeyVersion V1 = Answers.version("v1");

    /// What a vault answers.
    private enum Answer {
        USABLE,
        DISABLED,
        DELETED,
        ABSENT,
        EXPIRED,
        NOT_YET_VALID,
        UNSUITABLE,
        BY_RBAC,
        BY_POLICY,
        BY_DIRECTORY,
        BY_NETWORK,
        WITHOUT_REASON,
        THROTTLED,
        UNAVAILABLE,
        OWN_IDENTITY;

        ProbeResult result() {
            return switch (this) {
                case USABLE -> found(ProbeOutcome.USABLE, "v1");
                case DISABLED -> found(ProbeOutcome.DISABLED, "v1");
                case DELETED -> found(ProbeOutcome.DELETED_RECOVERABLE, "v1");
                case ABSENT -> found(ProbeOutcome.ABSENT);
                case EXPIRED -> found(ProbeOutcome.EXPIRED, "v1");
                case NOT_YET_VALID -> found(ProbeOutcome.NOT_YET_VALID, "v1");
                case UNSUITABLE -> found(ProbeOutcome.UNSUITABLE, "v1");
                case BY_RBAC -> denied(DenialReason.RBAC);
                case BY_POLICY -> denied(DenialReason.POLICY);
                case BY_DIRECTORY -> found(ProbeOutcome.OWN_IDENTITY).because(DenialReason.DIRECTORY);
                case BY_NETWORK -> denied(DenialReason.NETWORK);
                case WITHOUT_REASON -> found(ProbeOutcome.ACCESS_DENIED);
                case THROTTLED -> found(ProbeOutcome.THROTTLED);
                case UNAVAILABLE -> found(ProbeOutcome.UNAVAILABLE);
                case OWN_IDENTITY -> found(ProbeOutcome.OWN_IDENTITY);
            };
        }

        boolean isDenial() {
            return switch (this) {
                case BY_RBAC, BY_POLICY, BY_DIRECTORY, BY_NETWORK, WITHOUT_REASON -> true;
                default -> false;
            };
        }
    }

    /// How long the vault has been asked.
    private enum Stage {
        /// One deep answer.
        FIRST(Duration.ZERO),
        CONFIRMED(Duration.ofMinutes(12)),
        /// The 15 minutes of a denial and of others' revocations are over.
        AFTER_GRACE(Duration.ofMinutes(45)),
        AFTER_NETWORK_GRACE(Duration.ofMinutes(110)),
        /// Four other vaults of four other tenants began to give the same answer at the same time.
        HELD(Duration.ofMinutes(110)),
        /// The same when the time to hold them is over.
        AFTER_HOLD(HOLD.plusMinutes(30));

        private final Duration lasts;

        Stage(Duration lasts) {
            this.lasts = lasts;
        }

        boolean isOfMany() {
            return this == HELD || this == AFTER_HOLD;
        }
    }

    /// A revocation that is open from the beginning; no cause: none.
    private record Open(boolean ours, Optional<RevocationCause> cause) {
        static Stream<Open> all() {
            Stream<RevocationCause> stated = Stream.of(
                    RevocationCause.KEY_DISABLED,
                    RevocationCause.KEY_DELETED,
                    RevocationCause.ACCESS_REMOVED,
                    RevocationCause.NETWORK_BLOCKED,
                    RevocationCause.KEY_EXPIRED,
                    RevocationCause.OTHER);
            return Stream.of(
                            Stream.of(new Open(false, Optional.empty())),
                            stated.map(cause -> new Open(true, Optional.of(cause))),
                            Stream.of(RevocationCause.values()).map(cause -> new Open(false, Optional.of(cause))))
                    .flatMap(some -> some);
        }

        @Override
        public String toString() {
            return cause.map(known -> (ours ? "own " : "another source's ") + known)
                    .orElse("none");
        }
    }

    private record Cell(Answer answer, boolean policy, boolean platform, Stage stage, Open open) {
        @Override
        public String toString() {
            return "%s, identity %s, network %s, %s, open: %s"
                    .formatted(answer, policy ? "policy" : "own", platform ? "platform" : "own", stage, open);
        }
    }

    /// What becomes of the key: the cause that is published, and whether the open revocation ends.
    private record Outcome(Optional<RevocationCause> published, boolean ended) {}

    @TestFactory
    Stream<DynamicTest> everyCell() {
        return cells().map(cell -> DynamicTest.dynamicTest(
                cell.toString(), () -> assertThat(observed(cell)).isEqualTo(expected(cell))));
    }

    private static Stream<Cell> cells() {
        return Stream.of(Answer.values())
                .flatMap(answer -> Stream.of(false, true)
                        .flatMap(policy -> Stream.of(false, true)
                                .flatMap(platform -> Stream.of(Stage.values())
                                        .flatMap(stage -> Open.all()
                                                .map(open -> new Cell(answer, policy, platform, stage, open))))));
    }

    // What is expected, from the text.

    private static Outcome expected(Cell cell) {
        Optional<RevocationCause> cause = cause(cell.answer());
        boolean published = cause.isPresent()
                && mayBecomeFact(cell)
                && isTime(cell)
                && !cell.open().cause().equals(cause);
        return new Outcome(published ? cause : Optional.empty(), ends(cell));
    }

    private static Optional<RevocationCause> cause(Answer answer) {
        return Optional.ofNullable(
                switch (answer) {
                    case DISABLED -> RevocationCause.KEY_DISABLED;
                    case DELETED, ABSENT -> RevocationCause.KEY_DELETED;
                    case EXPIRED -> RevocationCause.KEY_EXPIRED;
                    case NOT_YET_VALID, UNSUITABLE -> RevocationCause.OTHER;
                    case BY_RBAC, BY_POLICY, BY_DIRECTORY, WITHOUT_REASON -> RevocationCause.ACCESS_REMOVED;
                    case BY_NETWORK -> RevocationCause.NETWORK_BLOCKED;
                    case USABLE, THROTTLED, UNAVAILABLE, OWN_IDENTITY -> null;
                });
    }

    /// Of which settings a denial needs which.
    private static boolean mayBecomeFact(Cell cell) {
        return switch (cell.answer()) {
            case BY_RBAC, BY_POLICY, BY_DIRECTORY -> cell.policy();
            case BY_NETWORK -> cell.platform();
            case WITHOUT_REASON -> cell.policy() && cell.platform();
            default -> true;
        };
    }

    private static boolean isTime(Cell cell) {
        Stage first = switch (cell.answer()) {
            case BY_RBAC, BY_POLICY, BY_DIRECTORY -> Stage.AFTER_GRACE;
            case BY_NETWORK, WITHOUT_REASON -> Stage.AFTER_NETWORK_GRACE;
            default -> Stage.CONFIRMED;
        };
        return cell.stage().compareTo(first) >= 0 && !isHeld(cell);
    }

    /// Nobody holds a denial that another source has published for the same cause.
    private static boolean isHeld(Cell cell) {
        return cell.stage() == Stage.HELD && cell.answer().isDenial();
    }

    private static boolean ends(Cell cell) {
        if (cell.open().cause().isEmpty()) {
            return false;
        }
        Stage first = cell.open().ours() ? Stage.CONFIRMED : Stage.AFTER_GRACE;
        return cell.stage().compareTo(first) >= 0 && (cell.open().ours() ? endsOurs(cell) : endsOthers(cell));
    }

    private static boolean endsOurs(Cell cell) {
        Answer answer = cell.answer();
        return switch (cell.open().cause().orElseThrow()) {
            case KEY_DISABLED ->
                Set.of(Answer.USABLE, Answer.EXPIRED, Answer.NOT_YET_VALID).contains(answer);
            case KEY_DELETED ->
                Set.of(Answer.USABLE, Answer.DISABLED, Answer.EXPIRED, Answer.NOT_YET_VALID, Answer.UNSUITABLE)
                        .contains(answer);
            case ACCESS_REMOVED -> answer == Answer.USABLE && cell.policy();
            case NETWORK_BLOCKED -> isAdmitted(cell);
            case KEY_EXPIRED, OTHER -> answer == Answer.USABLE;
            default -> throw new IllegalStateException("never stated by the watch");
        };
    }

    private static boolean endsOthers(Cell cell) {
        Answer answer = cell.answer();
        return switch (cell.open().cause().orElseThrow()) {
            case KEY_DISABLED, KEY_EXPIRED, KEY_DELETED, VAULT_DELETED -> answer == Answer.USABLE;
            case ACCESS_REMOVED -> answer == Answer.USABLE && cell.policy();
            case NETWORK_BLOCKED -> isAdmitted(cell);
            case POLICY_DELETED, OTHER, UNKNOWN -> false;
        };
    }

    /// Whether the firewall let the platform's network through. A denial that will be published is published first.
    private static boolean isAdmitted(Cell cell) {
        return cell.platform()
                && switch (cell.answer()) {
                    case USABLE, DISABLED, DELETED, ABSENT, EXPIRED, NOT_YET_VALID, UNSUITABLE -> true;
                    case BY_RBAC, BY_POLICY -> !cell.policy() || isTime(cell);
                    case BY_DIRECTORY, BY_NETWORK, WITHOUT_REASON, THROTTLED, UNAVAILABLE, OWN_IDENTITY -> false;
                };
    }

    // What the watch does.

    private static Outcome observed(Cell cell) {
        World world = new World(cell);
        world.run();
        List<Event.OfKey> ofTheKey = world.published.stream()
                .filter(event -> event.key().equals(KEY))
                .toList();
        assertThat(ofTheKey).doesNotHaveDuplicates().noneMatch(Event.KeyRotated.class::isInstance);
        Set<RevocationCause> causes = ofTheKey.stream()
                .filter(Event.KeyRevoked.class::isInstance)
                .map(event -> ((Event.KeyRevoked) event).cause())
                .collect(Collectors.toSet());
        assertThat(causes).hasSizeLessThanOrEqualTo(1);
        Set<Optional<RevocationCause>> ended = ofTheKey.stream()
                .filter(Event.KeyRestored.class::isInstance)
                .map(event -> ((Event.KeyRestored) event).cause())
                .collect(Collectors.toSet());
        assertThat(ended).isSubsetOf(cell.open().cause());
        return new Outcome(causes.stream().findFirst(), !ended.isEmpty());
    }

    /// An instance with one vault of each of up to five tenants, and a clock. What is published becomes a fact at once.
    private static final class World implements KeySource {
        private final Cell cell;
        private final Map<KeyId, KeyFacts> facts = new HashMap<>();
        private final List<Event.OfKey> published = new ArrayList<>();
        private final WatchLogic watch;
        private final Set<TenantKeyReference> inUse = new LinkedHashSet<>();

        World(Cell cell) {
            this.cell = cell;
            KeywardConfig settings = VirtualWeeksTest.DEFAULT
                    .with(VaultSettings.HOLD, HOLD)
                    .with(
                            VaultSettings.IDENTITY,
                            cell.policy() ? VaultSettings.Identity.POLICY : VaultSettings.Identity.OWN)
                    .with(
                            VaultSettings.NETWORK,
                            cell.platform() ? VaultSettings.Network.PLATFORM : VaultSettings.Network.OWN);
            this.watch = new WatchLogic(settings, this, new SplittableRandom(1));
            use(CONTOSO, KEY);
            cell.open().cause().ifPresent(cause -> store(revoked(cell.open(), cause)));
            if (cell.stage().isOfMany()) {
                IntStream.range(0, 4)
                        .forEach(i -> use(new TenantId("t" + i), new KeyId("https://v" + i + ".vault.azure.net", "k")));
            }
        }

        private void use(TenantId tenant, KeyId key) {
            inUse.add(new TenantKeyReference(tenant, new KeyReference(key, Optional.empty())));
            inUse.add(new TenantKeyReference(tenant, new KeyReference(key, Optional.of(V1))));
            facts.put(
                    key,
                    KeyFacts.NONE.with(new Event.KeyRotated(
                            tenant,
                            new Stamp(at(-100), new EventId("rotated")),
                            key,
                            V1,
                            Optional.empty(),
                            Optional.empty())));
        }

        private static Event.KeyRevoked revoked(Open open, RevocationCause cause) {
            boolean ofTheVersion = open.ours()
                    && Set.of(RevocationCause.KEY_DISABLED, RevocationCause.KEY_EXPIRED, RevocationCause.OTHER)
                            .contains(cause);
            EventId id = open.ours()
                    ? EventIds.of(CONTOSO, KEY, Stream.of(cause), Optional.empty())
                    : new EventId("from-another-source");
            return new Event.KeyRevoked(
                    CONTOSO, new Stamp(at(-1), id), KEY, ofTheVersion ? Optional.of(V1) : Optional.empty(), cause);
        }

        private void store(Event.OfKey event) {
            facts.merge(event.key(), KeyFacts.NONE.with(event), (known, _) -> known.with(event));
        }

        void run() {
            Instant start = at(0);
            Instant end = start.plus(cell.stage().lasts);
            watch.listed(Map.of(0, Optional.of(inUse)), start);
            Instant now = start;
            int deep = 0;
            while (!now.isAfter(end) || (cell.stage() == Stage.FIRST && deep == 0)) {
                Optional<ProbeRequest> request = watch.scheduler().next(now);
                if (request.isPresent()) {
                    deep += request.get().kind() == ProbeKind.ROUND_TRIP ? 1 : 0;
                    answer(request.get(), now);
                } else {
                    now = watch.scheduler().wakeAt();
                }
            }
        }

        private void answer(ProbeRequest request, Instant now) {
            watch.answered(request, now, cell.answer().result(), now).forEach(event -> {
                published.add(event);
                store(event);
            });
            watch.review(now);
        }

        @Override
        public Map<Integer, Optional<Set<TenantKeyReference>>> inUse(Instant moment) {
            return Map.of(0, Optional.of(new HashSet<>(inUse)));
        }

        @Override
        public int partitionsInAll() {
            return 1;
        }

        @Override
        public Optional<KeyFacts> facts(TenantId tenant, KeyId key) {
            return Optional.of(facts.get(key));
        }

        @Override
        public Map<TopicPartition, Long> processed() {
            return Map.of();
        }
    }
}
