package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.decision.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// [OutcomeState] in a model: a partition with events, some of which are refused; a processor that crashes, and
/// whose fan-outs take several transactions; and transactions that become visible on one topic after the other.
/// No event is said to be decided that was refused, or whose fan-out has not ended. A reader that leaves out one
/// part of the rule says so.
class OutcomeModelTest {
    private static final int RUNS = 2_000;
    private static final int STEPS = 600;
    private static final String INPUT = Settings.PREFIX + Topic.POLICY_APPLIED.baseName();

    /// What the reader leaves out.
    enum Flaw {
        NONE,
        IGNORES_FAN_OUTS,
        READS_NO_DEAD_LETTERS_AFTER_PROGRESS
    }

    @Test
    void noEventIsDecidedThatIsRefusedOrUnfinished() {
        int decided = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Model model = new Model(seed, Flaw.NONE);
            assertThat(model.run()).as("seed %d", seed).isEmpty();
            decided += model.decided;
        }
        assertThat(decided).as("answers that an event is decided").isGreaterThan(RUNS);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void whoLeavesOutAPartIsCaught(Flaw flaw) {
        assertThat(IntStream.range(0, 300))
                .anyMatch(seed -> new Model(seed, flaw).run().isPresent());
    }

    /// Its end reaches each log at another moment.
    private static final class Transaction {
        private final Set<Log<?>> unmarked = new LinkedHashSet<>();
        private boolean aborted;
    }

    private static final class Log<T> {
        private record Entry<T>(T value, Transaction transaction) {}

        private final List<Entry<T>> entries = new ArrayList<>();
        private int read;

        void append(T value, Transaction transaction) {
            entries.add(new Entry<>(value, transaction));
            transaction.unmarked.add(this);
        }

        int lastStable() {
            return (int) entries.stream()
                    .takeWhile(entry -> !entry.transaction().unmarked.contains(this))
                    .count();
        }

        /// The next record that is committed.
        Optional<T> poll() {
            return read == lastStable()
                    ? Optional.empty()
                    : Optional.of(entries.get(read++))
                            .filter(entry -> !entry.transaction().aborted)
                            .map(Entry::value);
        }
    }

    private record Said(long decidedUpTo, long next, long written) {}

    private record Ends(long asked, int next) {}

    /// What the processor has committed, or is about to.
    ///
    /// @param fanOuts how many portions are left, by offset
    private record State(int next, Map<Integer, Integer> fanOuts, long said) {}

    private static final class Model {
        private final OutcomeState outcomes = new OutcomeState(new TopicNames(Settings.PREFIX));
        private final Log<Said> progress = new Log<>();
        private final Log<Integer> deadLetters = new Log<>();
        private final List<Ends> asked = new ArrayList<>();
        private final Random random;
        private final Flaw flaw;
        private final int slowness;
        private int inputs;
        private State committed = new State(0, Map.of(), 0);
        private State state = committed;
        private Transaction transaction = new Transaction();
        private boolean ended;
        private boolean saidInTransaction;
        private Optional<List<Integer>> goals = Optional.empty();
        private long now;
        private int decided;

        Model(int seed, Flaw flaw) {
            this.random = new Random(seed);
            this.flaw = flaw;
            this.slowness = 1 + random.nextInt(4);
        }

        private static boolean isRefused(int offset) {
            return offset % 3 == 0;
        }

        /// The first event that is said to be decided and is not.
        Optional<Integer> run() {
            for (int step = 0; step < STEPS; step++) {
                now++;
                switch (random.nextInt(10)) {
                    case 0 -> inputs++;
                    case 1 -> asked.add(new Ends(now, inputs));
                    case 2, 3 -> process();
                    case 4 -> say();
                    case 5 -> end();
                    case 6 -> mark();
                    case 7 -> progress.poll().ifPresent(this::read);
                    case 8 -> readDeadLetter();
                    default -> {
                        Optional<Integer> wrong = confirm();
                        if (wrong.isPresent()) {
                            return wrong;
                        }
                    }
                }
            }
            return Optional.empty();
        }

        /// Some readers are slow.
        private void readDeadLetter() {
            if (random.nextInt(slowness) == 0) {
                deadLetters
                        .poll()
                        .ifPresent(offset ->
                                outcomes.refused(coordinates(offset), new Outcome.Refused("INVALID_FIELD", "")));
            }
        }

        private boolean isWronglyDecided(int offset) {
            if (!(outcomes.outcome(coordinates(offset), 0) instanceof Outcome.Decided)) {
                return false;
            }
            decided++;
            return isRefused(offset)
                    || offset >= committed.next()
                    || committed.fanOuts().containsKey(offset);
        }

        private static Coordinates coordinates(int offset) {
            return new Coordinates(INPUT, 0, offset);
        }

        /// Reads an event, or does one more portion of a fan-out.
        private void process() {
            if (ended) {
                return;
            }
            Map<Integer, Integer> fanOuts = new HashMap<>(state.fanOuts());
            int next = state.next();
            if (!fanOuts.isEmpty() && random.nextBoolean()) {
                int offset = fanOuts.keySet().iterator().next();
                fanOuts.computeIfPresent(offset, (_, portions) -> portions > 1 ? portions - 1 : null);
            } else if (next < inputs) {
                if (isRefused(next)) {
                    deadLetters.append(next, transaction);
                } else if (random.nextBoolean()) {
                    fanOuts.put(next, 1 + random.nextInt(3));
                }
                next++;
            }
            state = new State(next, fanOuts, state.said());
        }

        private void say() {
            if (ended || saidInTransaction) {
                return;
            }
            saidInTransaction = true;
            long latest = asked.stream()
                    .filter(ends -> ends.next() <= state.next())
                    .filter(ends -> state.fanOuts().keySet().stream().noneMatch(offset -> offset < ends.next()))
                    .mapToLong(Ends::asked)
                    .max()
                    .orElse(0);
            state = new State(state.next(), state.fanOuts(), Math.max(state.said(), latest));
            progress.append(new Said(state.said(), state.next(), now), transaction);
        }

        /// Commits, or crashes.
        private void end() {
            if (ended) {
                return;
            }
            ended = true;
            if (random.nextInt(10) == 0) {
                transaction.aborted = true;
                state = committed;
                asked.clear();
            } else {
                committed = state;
            }
            begin();
        }

        /// The end of the transaction reaches one more log.
        private void mark() {
            if (ended) {
                transaction.unmarked.stream()
                        .skip(random.nextInt(Math.max(1, transaction.unmarked.size())))
                        .findFirst()
                        .ifPresent(transaction.unmarked::remove);
                begin();
            }
        }

        private void begin() {
            if (transaction.unmarked.isEmpty()) {
                transaction = new Transaction();
                ended = false;
                saidInTransaction = false;
            }
        }

        private void read(Said said) {
            if (flaw == Flaw.IGNORES_FAN_OUTS) {
                say(said, now, now);
                say(said, now + 1, now + 1);
            } else {
                say(said, said.decidedUpTo(), said.written());
            }
        }

        private void say(Said said, long decidedUpTo, long written) {
            String positions =
                    "0:" + said.next() + ",0".repeat(Topic.readByTheProcessor().size() - 1);
            outcomes.progress(
                    new Progress(0, 1, Instant.ofEpochSecond(decidedUpTo), positions, "keyward"),
                    Instant.ofEpochSecond(written));
        }

        /// Asks for the ends, or has read to them: then more may be decided.
        private Optional<Integer> confirm() {
            if (goals.isEmpty()) {
                outcomes.asks();
                goals = Optional.of(List.of(progress.entries.size(), deadLetters.entries.size()));
            } else if (flaw == Flaw.READS_NO_DEAD_LETTERS_AFTER_PROGRESS
                    || (progress.read >= goals.get().getFirst()
                            && deadLetters.read >= goals.get().getLast())) {
                outcomes.reachedEnds();
                goals = Optional.empty();
                return IntStream.range(0, inputs)
                        .boxed()
                        .filter(this::isWronglyDecided)
                        .findFirst();
            }
            return Optional.empty();
        }
    }
}
