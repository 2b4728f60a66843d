package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// R33 in a model: partitions, events on wrong ones, a processor that crashes, fan-outs that take several transactions,
/// and transactions that become visible on one partition after the other. A reader that lets data pass as
/// [DecidedUpTo] says never does so against an event that was there before. A reader or a processor that leaves out
/// one part of the rule does.
class GateModelTest {
    private static final int RUNS = 10_000;
    private static final int STEPS = 800;

    /// What happens next, and how often.
    private enum Step {
        PRODUCE(1),
        END_OF_PRODUCER(2),
        MARK(14),
        ASK_FOR_ENDS(6),
        PROCESS(9),
        FAN_OUT(3),
        SAY(6),
        END(6),
        READ_PROGRESS(9),
        READ_OUTPUTS(5),
        CONFIRM(5),
        ASK_THE_GATE(4);

        private final int weight;

        Step(int weight) {
            this.weight = weight;
        }
    }

    private static final Step[] WEIGHTED = Arrays.stream(Step.values())
            .flatMap(step -> Collections.nCopies(step.weight, step).stream())
            .toArray(Step[]::new);

    /// What is left out, and within how many runs that is noticed.
    enum Flaw {
        NONE(0),
        /// The reader looks at the own partition alone.
        IGNORES_REROUTING(100),
        /// The processor does not wait for unfinished fan-outs.
        IGNORES_FAN_OUTS(100),
        /// The reader does not read the signals up to their end.
        READS_PROGRESS_BEFORE_THE_SIGNALS(100),
        /// The reader counts a record of the own partition that it reads after those of the others, whenever it was
        /// written.
        COUNTS_THE_ORDER_OF_READING(1_000),
        /// The processor asks for the ends without open transactions.
        ASKS_FOR_THE_LAST_STABLE_OFFSET(1_000);

        private final int runs;

        Flaw(int runs) {
            this.runs = runs;
        }
    }

    @Test
    void noDataPassesThatAnEventBeforeItStops() {
        int passed = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Model model = new Model(seed, Flaw.NONE);
            assertThat(model.run()).as("seed %d", seed).isEmpty();
            passed += model.passed;
        }
        assertThat(passed).as("data that passes").isGreaterThan(RUNS);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void whoLeavesOutAPartIsCaught(Flaw flaw) {
        assertThat(IntStream.range(0, flaw.runs))
                .as("%s", flaw)
                .anyMatch(seed -> new Model(seed, flaw).run().isPresent());
    }

    /// A transaction of a producer. Its end reaches each log at another moment.
    private static final class Transaction {
        private boolean open = true;
        private boolean aborted;
        private final Set<Log> unmarked = new HashSet<>();
    }

    private record Entry(int about, long at, Transaction transaction) {}

    /// A partition of a topic.
    private static final class Log {
        private final List<Entry> entries = new ArrayList<>();

        void append(int about, long at, Transaction transaction) {
            entries.add(new Entry(about, at, transaction));
            transaction.unmarked.add(this);
        }

        int end() {
            return entries.size();
        }

        int lastStable() {
            int offset = 0;
            while (offset < entries.size()
                    && !entries.get(offset).transaction().unmarked.contains(this)) {
                offset++;
            }
            return offset;
        }

        /// The entry, unless it was aborted.
        Optional<Entry> read(int offset) {
            return Optional.of(entries.get(offset)).filter(entry -> !entry.transaction().aborted);
        }
    }

    /// What a task has committed, or is about to.
    private record State(int input, int rerouted, List<FanOut> fanOuts, long said) {}

    /// An event that is decided after that many more portions.
    private record FanOut(boolean rerouted, int offset, int tenant, int portions) {}

    private record Ends(long asked, int input, int rerouted) {}

    /// The task of a partition.
    private static final class Task {
        private final int partition;
        private final Deque<Ends> ends = new ArrayDeque<>();
        private State committed = new State(0, 0, List.of(), 0);
        private State state = committed;
        private Transaction transaction = new Transaction();
        private boolean saidInTransaction;

        Task(int partition) {
            this.partition = partition;
        }
    }

    private static final class Model {
        private final Random random;
        private final Flaw flaw;
        private final int partitions;
        private final int tenants;
        private final List<Log> inputs;
        private final List<Log> rerouted;
        private final List<Log> outputs;
        private final List<Log> progress;
        private final List<Task> tasks;
        private final List<Transaction> ending = new ArrayList<>();
        private final List<Transaction> producers = new ArrayList<>();
        private final DecidedUpTo decided = new DecidedUpTo();
        private final Map<Integer, Long> said = new TreeMap<>();
        private final Map<Integer, Long> known = new TreeMap<>();
        private final int[] readProgress;
        private final int[] readOutputs;
        private final Set<Integer> suppressed = new HashSet<>();
        private Optional<DecidedUpTo.Claims> claims = Optional.empty();
        private int[] endsOfOutputs = {};
        private long now = 1;
        private int passed;

        Model(int seed, Flaw flaw) {
            random = new Random(seed);
            this.flaw = flaw;
            partitions = 2 + random.nextInt(2);
            tenants = 2 * partitions;
            inputs = logs();
            rerouted = logs();
            outputs = logs();
            progress = logs();
            tasks = IntStream.range(0, partitions).mapToObj(Task::new).toList();
            readProgress = new int[partitions];
            readOutputs = new int[partitions];
        }

        private List<Log> logs() {
            return IntStream.range(0, partitions).mapToObj(_ -> new Log()).toList();
        }

        /// The first data that passed although it must not.
        Optional<String> run() {
            for (int step = 0; step < STEPS; step++) {
                now++;
                Task task = tasks.get(random.nextInt(partitions));
                switch (WEIGHTED[random.nextInt(WEIGHTED.length)]) {
                    case PRODUCE -> produce();
                    case END_OF_PRODUCER -> endOf(producers);
                    case MARK -> mark();
                    case ASK_FOR_ENDS -> ask(task);
                    case PROCESS -> process(task);
                    case FAN_OUT -> goOn(task);
                    case SAY -> say(task);
                    case END -> end(task, random.nextInt(20) == 0);
                    case READ_PROGRESS -> readProgress(random.nextInt(partitions));
                    case READ_OUTPUTS -> readOutputs(random.nextInt(partitions));
                    case CONFIRM -> confirm();
                    case ASK_THE_GATE -> {
                        Optional<String> wrong = ask(random.nextInt(tenants));
                        if (wrong.isPresent()) {
                            return wrong;
                        }
                    }
                }
            }
            return Optional.empty();
        }

        /// An event that suppresses a tenant, mostly on its partition; some in transactions that stay open.
        private void produce() {
            int tenant = random.nextInt(tenants);
            Log log = inputs.get(random.nextInt(3) == 0 ? random.nextInt(partitions) : tenant % partitions);
            Transaction transaction = new Transaction();
            log.append(tenant, now, transaction);
            if (random.nextInt(3) > 0) {
                transaction.open = false;
                transaction.unmarked.clear();
            } else {
                producers.add(transaction);
            }
        }

        private void endOf(List<Transaction> open) {
            if (!open.isEmpty()) {
                Transaction transaction = open.remove(random.nextInt(open.size()));
                transaction.open = false;
                transaction.unmarked.clear();
            }
        }

        /// The end of a transaction reaches one more log.
        private void mark() {
            if (!ending.isEmpty()) {
                Transaction transaction = ending.get(random.nextInt(ending.size()));
                transaction.unmarked.stream()
                        .skip(random.nextInt(Math.max(1, transaction.unmarked.size())))
                        .findFirst()
                        .ifPresent(transaction.unmarked::remove);
                if (transaction.unmarked.isEmpty()) {
                    ending.remove(transaction);
                }
            }
        }

        private void ask(Task task) {
            boolean stable = flaw == Flaw.ASKS_FOR_THE_LAST_STABLE_OFFSET;
            Log input = inputs.get(task.partition);
            Log handedOn = rerouted.get(task.partition);
            task.ends.addLast(new Ends(
                    now, stable ? input.lastStable() : input.end(), stable ? handedOn.lastStable() : handedOn.end()));
            if (task.ends.size() > 20) {
                task.ends.removeFirst();
            }
        }

        /// Nothing can be written before the last transaction has ended everywhere.
        private boolean waits(Task task) {
            return !task.transaction.open && !task.transaction.unmarked.isEmpty();
        }

        private void process(Task task) {
            if (waits(task)) {
                return;
            }
            begin(task);
            State state = task.state;
            boolean handedOn = random.nextBoolean();
            Log log = handedOn ? rerouted.get(task.partition) : inputs.get(task.partition);
            int offset = handedOn ? state.rerouted() : state.input();
            if (offset >= log.lastStable()) {
                return;
            }
            List<FanOut> fanOuts = new ArrayList<>(state.fanOuts());
            log.read(offset).ifPresent(event -> {
                if (event.about() % partitions != task.partition) {
                    rerouted.get(event.about() % partitions).append(event.about(), now, task.transaction);
                } else if (random.nextInt(3) == 0) {
                    fanOuts.add(new FanOut(handedOn, offset, event.about(), 1 + random.nextInt(3)));
                } else {
                    outputs.get(task.partition).append(event.about(), now, task.transaction);
                }
            });
            task.state = handedOn
                    ? new State(state.input(), offset + 1, fanOuts, state.said())
                    : new State(offset + 1, state.rerouted(), fanOuts, state.said());
        }

        /// One more portion of a fan-out.
        private void goOn(Task task) {
            if (waits(task) || task.state.fanOuts().isEmpty()) {
                return;
            }
            begin(task);
            List<FanOut> fanOuts = new ArrayList<>(task.state.fanOuts());
            FanOut next = fanOuts.removeFirst();
            if (next.portions() > 1) {
                fanOuts.addFirst(new FanOut(next.rerouted(), next.offset(), next.tenant(), next.portions() - 1));
            } else {
                outputs.get(task.partition).append(next.tenant(), now, task.transaction);
            }
            task.state = new State(task.state.input(), task.state.rerouted(), fanOuts, task.state.said());
        }

        private void say(Task task) {
            if (waits(task) || task.saidInTransaction) {
                return;
            }
            begin(task);
            State state = task.state;
            long latest = task.ends.stream()
                    .filter(ends -> ends.input() <= state.input() && ends.rerouted() <= state.rerouted())
                    .filter(ends -> flaw == Flaw.IGNORES_FAN_OUTS
                            || state.fanOuts().stream()
                                    .noneMatch(fanOut ->
                                            fanOut.offset() < (fanOut.rerouted() ? ends.rerouted() : ends.input())))
                    .mapToLong(Ends::asked)
                    .max()
                    .orElse(0);
            long says = Math.max(state.said(), latest);
            progress.get(task.partition).append((int) says, now, task.transaction);
            task.saidInTransaction = true;
            task.state = new State(state.input(), state.rerouted(), state.fanOuts(), says);
        }

        private void begin(Task task) {
            if (!task.transaction.open) {
                task.transaction = new Transaction();
                task.saidInTransaction = false;
            }
        }

        /// Commits, or crashes.
        private void end(Task task, boolean crash) {
            if (!task.transaction.open) {
                return;
            }
            task.transaction.open = false;
            task.transaction.aborted = crash;
            if (!task.transaction.unmarked.isEmpty()) {
                ending.add(task.transaction);
            }
            if (crash) {
                task.state = task.committed;
                task.ends.clear();
            } else {
                task.committed = task.state;
            }
        }

        private void readProgress(int partition) {
            Log log = progress.get(partition);
            if (readProgress[partition] < log.lastStable()) {
                log.read(readProgress[partition]++).ifPresent(entry -> {
                    long says = entry.about();
                    decided.read(partition, partitions, Instant.ofEpochSecond(says), Instant.ofEpochSecond(now));
                    said.merge(partition, says, Math::max);
                    if (said.size() == partitions) {
                        long all = said.values().stream()
                                .mapToLong(Long::longValue)
                                .min()
                                .orElseThrow();
                        known.merge(partition, Math.min(says, all), Math::max);
                    }
                });
            }
        }

        private void readOutputs(int partition) {
            Log log = outputs.get(partition);
            if (readOutputs[partition] < log.lastStable()) {
                log.read(readOutputs[partition]++).ifPresent(entry -> suppressed.add(entry.about()));
            }
        }

        private void confirm() {
            if (claims.isEmpty()) {
                claims = Optional.of(decided.claims());
                endsOfOutputs = outputs.stream().mapToInt(Log::end).toArray();
            } else if (IntStream.range(0, partitions).allMatch(p -> readOutputs[p] >= endsOfOutputs[p])) {
                decided.confirm(claims.get());
                claims = Optional.empty();
            }
        }

        /// Whether data of the tenant may pass that is as old as possible.
        private Optional<String> ask(int tenant) {
            int home = tenant % partitions;
            long upTo = switch (flaw) {
                case IGNORES_REROUTING -> confirmedWithout(said.getOrDefault(home, 0L));
                case COUNTS_THE_ORDER_OF_READING -> confirmedWithout(known.getOrDefault(home, 0L));
                case READS_PROGRESS_BEFORE_THE_SIGNALS ->
                    Optional.ofNullable(decided.claims().times().get(home))
                            .map(Instant::getEpochSecond)
                            .orElse(0L);
                default -> decided.of(home).map(Instant::getEpochSecond).orElse(0L);
            };
            if (upTo == 0 || suppressed.contains(tenant)) {
                return Optional.empty();
            }
            passed++;
            return inputs.stream()
                    .flatMap(log -> log.entries.stream())
                    .filter(event -> event.about() == tenant && event.at() <= upTo)
                    .findFirst()
                    .map(event -> "%s: data of tenant %d of %d passes, which an event of %d stops"
                            .formatted(flaw, tenant, upTo, event.at()));
        }

        /// All outputs are read that are there now.
        private long confirmedWithout(long claim) {
            return IntStream.range(0, partitions)
                            .allMatch(p -> readOutputs[p] >= outputs.get(p).end())
                    ? claim
                    : 0;
        }
    }
}
