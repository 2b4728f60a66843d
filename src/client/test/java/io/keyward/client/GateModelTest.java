package io.keyward.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.DecidedUpTo.PartitionProgress;
import io.keyward.client.GateState.EnvironmentSink;
import io.keyward.testing.Tries;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// R15 and R33 in a model: partitions, events on wrong ones, a processor that crashes, fan-outs that take
/// several transactions, transactions that become visible on one partition of one topic after the other,
/// compaction, and a reader that restarts. A gate never lets data pass against an event that was there
/// before, and takes back what it let pass. A gate or a processor that leaves out one part of the rules does.
class GateModelTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int RUNS = Tries.of(10_000);
    /// Within so many runs each flaw is noticed.
    private static final int ENOUGH = 1_000;

    private static final int STEPS = 2000;

    /// What happens next, and how often.
    private enum Step {
        PRODUCE(2),
        END_OF_PRODUCER(2),
        MARK(40),
        ASK_FOR_ENDS(8),
        PROCESS(14),
        FAN_OUT(6),
        SAY(8),
        END(8),
        READ_PROGRESS(15),
        READ_OUTPUTS(30),
        CONFIRM(10),
        BEGIN_ANEW(1),
        ASK_THE_GATE(8);

        private final int weight;

        Step(int weight) {
            this.weight = weight;
        }
    }

    /// A purge and an erasure are rarer.
    private static final Kind[] KINDS = {
        Kind.LIVES,
        Kind.LIVES,
        Kind.LIVES,
        Kind.LIVES,
        Kind.SUPPRESS,
        Kind.SUPPRESS,
        Kind.SUPPRESS,
        Kind.ALLOW,
        Kind.ALLOW,
        Kind.ALLOW,
        Kind.PURGE,
        Kind.ERASE
    };

    private static final Step[] WEIGHTED = Arrays.stream(Step.values())
            .flatMap(step -> Collections.nCopies(step.weight, step).stream())
            .toArray(Step[]::new);

    /// What is left out.
    enum Flaw {
        NONE,
        /// The reader looks at the own partition alone.
        IGNORES_REROUTING,
        /// The processor does not wait for unfinished fan-outs.
        IGNORES_FAN_OUTS,
        /// The reader does not read the signals up to their end.
        READS_PROGRESS_BEFORE_THE_SIGNALS,
        /// The reader counts a record of the own partition that it reads after those of the others, whenever
        /// it was written.
        COUNTS_THE_ORDER_OF_READING,
        /// The processor asks for the ends without open transactions.
        ASKS_FOR_THE_LAST_STABLE_OFFSET,
        /// The processor dates its questions by its own clock, which is ahead.
        BELIEVES_ITS_OWN_CLOCK,
        /// The reader relies on what it has read of a decision before it has read all that was
        /// published with it.
        SETTLES_AT_ONCE
    }

    /// How far a clock may be ahead or behind.
    private static final int SKEW = 500;

    /// The flaws of the reader: what they take for true is another gate's.
    private static final Set<Flaw> GATES_OF_THEIR_OWN = EnumSet.of(
            Flaw.IGNORES_REROUTING,
            Flaw.READS_PROGRESS_BEFORE_THE_SIGNALS,
            Flaw.COUNTS_THE_ORDER_OF_READING,
            Flaw.SETTLES_AT_ONCE);

    private static final GateAnswer NOT_YET = new GateAnswer.Wait(GateAnswer.Reason.NOT_YET_DECIDED, "");

    @Test
    void noDataPassesThatAnEventBeforeItStops() {
        int passed = 0;
        int takenBack = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Model model = new Model(seed, Flaw.NONE);
            assertThat(model.run()).as("seed %d", seed).isEmpty();
            passed += model.passed;
            takenBack += model.takenBack;
        }
        assertThat(passed).as("data that passes").isGreaterThan(RUNS);
        assertThat(takenBack).as("data that is taken back").isGreaterThan(RUNS / 10);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void whoLeavesOutAPartIsCaught(Flaw flaw) {
        assertThat(IntStream.range(0, ENOUGH))
                .as("%s", flaw)
                .anyMatch(seed -> new Model(seed, flaw).run().isPresent());
    }

    /// A transaction of a producer. Its end reaches each log at another moment.
    private static final class Transaction {
        private boolean open = true;
        private boolean aborted;
        private final Set<Log> unmarked = new LinkedHashSet<>();
    }

    /// @param what an [Event], or what is published; null: a tombstone
    private record Entry(int about, Object what, Transaction transaction) {}

    private enum Kind {
        LIVES,
        SUPPRESS,
        ALLOW,
        PURGE,
        ERASE
    }

    /// @param at when it was appended, and when it became true
    private record Event(Kind kind, long at) {
        boolean ends() {
            return kind == Kind.PURGE || kind == Kind.ERASE;
        }
    }

    /// What is published of a tenant's only environment and sink.
    private record Verdict(boolean lives, Optional<SinkSignal> signal) {
        static Verdict of(Collection<Event> facts) {
            long ended = facts.stream()
                    .filter(Event::ends)
                    .mapToLong(Event::at)
                    .max()
                    .orElse(0);
            List<Event> valid = facts.stream()
                    .filter(event -> event.at() > ended)
                    .sorted(Comparator.comparingLong(Event::at))
                    .toList();
            List<Interval> gaps = new ArrayList<>();
            if (ended > 0) {
                gaps.add(new Interval(Optional.empty(), Optional.of(time(ended))));
            }
            Optional<Instant> since = Optional.empty();
            for (Event event : valid) {
                if (event.kind() == Kind.SUPPRESS && since.isEmpty()) {
                    since = Optional.of(time(event.at()));
                } else if (event.kind() == Kind.ALLOW && since.isPresent()) {
                    gaps.add(new Interval(since, Optional.of(time(event.at()))));
                    since = Optional.empty();
                }
            }
            boolean says = !valid.isEmpty() && (since.isPresent() || !gaps.isEmpty());
            return new Verdict(
                    !valid.isEmpty(), says ? Optional.of(new SinkSignal(since, gaps, true)) : Optional.empty());
        }
    }

    private static Instant time(long seconds) {
        return START.plusSeconds(seconds);
    }

    /// A partition of a topic.
    private static final class Log {
        private final List<Entry> entries = new ArrayList<>();
        private int stable;

        void append(int about, Object what, Transaction transaction) {
            entries.add(new Entry(about, what, transaction));
            transaction.unmarked.add(this);
        }

        int end() {
            return entries.size();
        }

        int lastStable() {
            while (stable < entries.size()
                    && !entries.get(stable).transaction().unmarked.contains(this)) {
                stable++;
            }
            return stable;
        }

        /// The entry, unless it was aborted.
        Optional<Entry> read(int offset) {
            return Optional.of(entries.get(offset)).filter(entry -> !entry.transaction().aborted);
        }

        /// Whether a later one of the same key is there, so that the log cleaner may remove it. It leaves alone
        /// what is younger than any reader needs to read everything.
        ///
        /// @param old where the log ended when the reader began
        boolean isSuperseded(int offset, int old) {
            return IntStream.range(offset + 1, old)
                    .mapToObj(entries::get)
                    .anyMatch(later -> !later.transaction().aborted
                            && later.about() == entries.get(offset).about());
        }
    }

    /// What a task has committed, or is about to.
    ///
    /// @param facts the events that are decided, by tenant
    private record State(int input, int rerouted, List<FanOut> fanOuts, long said, Map<Integer, Set<Event>> facts) {}

    /// An event that is decided after that many more portions.
    private record FanOut(boolean rerouted, int offset, Entry event, int portions) {
        FanOut next() {
            return new FanOut(rerouted, offset, event, portions - 1);
        }
    }

    private record Ends(long asked, int input, int rerouted) {}

    /// A record of progress.
    ///
    /// @param at when it was appended
    private record Said(long upTo, long at) {}

    /// The task of a partition.
    private static final class Task {
        private final int partition;
        private final Deque<Ends> ends = new ArrayDeque<>();
        private State committed = new State(0, 0, List.of(), 0, Map.of());
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

        /// How far the clock of the gate is ahead.
        private final long skew;

        private final List<Log> inputs;
        private final List<Log> rerouted;
        private final List<Log> decisions;
        private final List<Log> signals;
        private final List<Log> erasures;
        private final List<Log> outputs;
        private final List<Log> progress;
        private final List<Task> tasks;
        private final List<Transaction> ending = new ArrayList<>();
        private final List<Transaction> producers = new ArrayList<>();
        private final GateState gate = new GateState();
        private final Map<Integer, Set<Long>> delivered = new TreeMap<>();
        private final Map<Log, Integer> read = new HashMap<>();
        private Map<Log, Integer> ends = Map.of();
        private Map<Log, Integer> old = Map.of();

        /// What the flaws need: a gate that takes everything for decided, and up to when they do so.
        private final GateState credulous = new GateState();
        private DecidedUpTo decided = new DecidedUpTo();
        private final Map<Integer, Long> said = new TreeMap<>();
        private final Map<Integer, Long> known = new TreeMap<>();
        private Optional<DecidedUpTo.Claims> claims = Optional.empty();
        private long now = 1;
        private int passed;
        private int takenBack;

        Model(int seed, Flaw flaw) {
            random = new Random(seed);
            this.flaw = flaw;
            partitions = 2 + random.nextInt(2);
            tenants = partitions;
            skew = random.nextInt(-SKEW, SKEW);
            inputs = logs();
            rerouted = logs();
            decisions = logs();
            signals = logs();
            erasures = logs();
            outputs = Stream.of(decisions, signals, erasures)
                    .flatMap(List::stream)
                    .toList();
            progress = logs();
            tasks = IntStream.range(0, partitions).mapToObj(Task::new).toList();
            for (int partition = 0; partition < 2 * partitions; partition++) {
                credulous.progress(
                        new PartitionProgress(partition % partitions, partitions, Instant.MAX, Instant.MAX), time(now));
            }
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
                    case READ_PROGRESS -> poll(this::readProgress, random.nextInt(partitions));
                    case READ_OUTPUTS -> poll(this::readOutput, random.nextInt(outputs.size()));
                    case CONFIRM -> confirm();
                    case BEGIN_ANEW -> beginAnew();
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

        /// An event of a tenant, mostly on its partition; some in transactions that stay open.
        private void produce() {
            int tenant = random.nextInt(tenants);
            Log log = inputs.get(random.nextInt(3) == 0 ? random.nextInt(partitions) : tenant % partitions);
            Transaction transaction = new Transaction();
            Kind kind = KINDS[random.nextInt(KINDS.length)];
            log.append(tenant, new Event(kind, now), transaction);
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
            // An acknowledgement takes its time.
            long asked = flaw == Flaw.BELIEVES_ITS_OWN_CLOCK ? now + SKEW : now - random.nextInt(20);
            task.ends.addLast(new Ends(
                    asked, stable ? input.lastStable() : input.end(), stable ? handedOn.lastStable() : handedOn.end()));
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
            Optional<Entry> event = log.read(offset);
            List<FanOut> fanOuts = new ArrayList<>(state.fanOuts());
            event.ifPresent(read -> {
                int owningPartition = read.about() % partitions;
                if (owningPartition != task.partition) {
                    rerouted.get(owningPartition).append(read.about(), read.what(), task.transaction);
                } else {
                    int portions = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
                    fanOuts.add(new FanOut(handedOn, offset, read, portions));
                }
            });
            task.state = handedOn
                    ? new State(state.input(), offset + 1, fanOuts, state.said(), state.facts())
                    : new State(offset + 1, state.rerouted(), fanOuts, state.said(), state.facts());
            if (!fanOuts.isEmpty() && fanOuts.getLast().portions() == 0) {
                decide(task, fanOuts.size() - 1);
            }
        }

        /// One more portion of a fan-out.
        private void goOn(Task task) {
            if (waits(task) || task.state.fanOuts().isEmpty()) {
                return;
            }
            begin(task);
            State state = task.state;
            List<FanOut> fanOuts = new ArrayList<>(state.fanOuts());
            FanOut next = fanOuts.getFirst().next();
            fanOuts.set(0, next);
            task.state = new State(state.input(), state.rerouted(), fanOuts, state.said(), state.facts());
            if (next.portions() == 0) {
                decide(task, 0);
            }
        }

        /// Publishes what the event of a fan-out changes.
        private void decide(Task task, int which) {
            State state = task.state;
            List<FanOut> others = new ArrayList<>(state.fanOuts());
            Entry event = others.remove(which).event();
            int tenant = event.about();
            Set<Event> facts = new HashSet<>(state.facts().getOrDefault(tenant, Set.of()));
            Verdict before = Verdict.of(facts);
            Event fact = (Event) event.what();
            facts.add(fact);
            Verdict after = Verdict.of(facts);
            if (after.lives() || before.lives()) {
                decisions.get(task.partition).append(tenant, after.lives() ? "a decision" : null, task.transaction);
            }
            if (!after.signal().equals(before.signal())) {
                signals.get(task.partition).append(tenant, after.signal().orElse(null), task.transaction);
            }
            if (fact.kind() == Kind.ERASE) {
                erasures.get(task.partition).append(tenant, time(fact.at()), task.transaction);
            }
            Map<Integer, Set<Event>> all = new HashMap<>(state.facts());
            all.put(tenant, facts);
            task.state = new State(state.input(), state.rerouted(), others, state.said(), all);
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
            progress.get(task.partition).append(task.partition, new Said(says, now), task.transaction);
            task.saidInTransaction = true;
            task.state = new State(state.input(), state.rerouted(), state.fanOuts(), says, state.facts());
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

        /// The next record that is committed and stands, if there is one.
        private Optional<Entry> next(Log log) {
            int offset = read.getOrDefault(log, 0);
            if (offset >= log.lastStable()) {
                return Optional.empty();
            }
            read.put(log, offset + 1);
            boolean removed = random.nextInt(4) == 0 && log.isSuperseded(offset, old.getOrDefault(log, 0));
            return log.read(offset).filter(_ -> !removed);
        }

        private void readProgress(int partition) {
            next(progress.get(partition)).ifPresent(entry -> {
                Said record = (Said) entry.what();
                PartitionProgress progress =
                        new PartitionProgress(partition, partitions, time(record.upTo()), time(record.at()));
                told(gate.progress(progress, gatesTime()));
                if (flaw == Flaw.READS_PROGRESS_BEFORE_THE_SIGNALS) {
                    decided.confirm(decided.claims(time(record.at() + skew)));
                }
                decided.read(progress, gatesTime());
                long says = record.upTo();
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

        private Instant gatesTime() {
            return time(now + skew);
        }

        private void poll(IntConsumer reads, int which) {
            for (int records = random.nextInt(4); records >= 0; records--) {
                reads.accept(which);
            }
        }

        private void readOutput(int which) {
            Log log = outputs.get(which);
            next(log).ifPresent(entry -> {
                told(read(gate, log, entry));
                read(credulous, log, entry);
                if (flaw == Flaw.SETTLES_AT_ONCE) {
                    credulous.asks(time(now));
                    credulous.reachedEnds();
                }
            });
        }

        private List<Retraction> read(GateState state, Log log, Entry entry) {
            EnvironmentSink sink = sink(entry.about());
            if (decisions.contains(log)) {
                return state.decision(sink.tenant(), sink.environment(), entry.what() != null);
            }
            if (erasures.contains(log)) {
                return state.erasure(Erasures.sha256(sink.tenant()), (Instant) entry.what());
            }
            return entry.what() == null ? state.signalRemoved(sink) : state.signal(sink, (SinkSignal) entry.what());
        }

        private void confirm() {
            if (claims.isEmpty()) {
                claims = Optional.of(decided.claims(gatesTime()));
                gate.asks(gatesTime());
                credulous.asks(time(now));
                ends = Stream.of(outputs, progress)
                        .flatMap(List::stream)
                        .collect(Collectors.toMap(Function.identity(), Log::end));
            } else if (hasRead(ends)) {
                decided.confirm(claims.get());
                if (gate.reachedEnds()) {
                    gate.tellAll(retraction -> told(List.of(retraction)));
                }
                credulous.reachedEnds();
                claims = Optional.empty();
            }
        }

        private boolean hasRead(Map<Log, Integer> ends) {
            return ends.entrySet().stream().allMatch(end -> read.getOrDefault(end.getKey(), 0) >= end.getValue());
        }

        private void beginAnew() {
            if (flaw == Flaw.NONE && random.nextInt(8) == 0) {
                gate.begins();
                decided = new DecidedUpTo();
                old = outputs.stream().collect(Collectors.toMap(Function.identity(), Log::lastStable));
                read.clear();
                claims = Optional.empty();
            }
        }

        private void told(List<Retraction> retractions) {
            for (Retraction retraction : retractions) {
                delivered.forEach((tenant, times) -> times.removeIf(at -> {
                    boolean back = retraction.concerns(
                            sink(tenant).tenant(),
                            sink(tenant).environment(),
                            sink(tenant).sink(),
                            time(at));
                    takenBack += back ? 1 : 0;
                    return back;
                }));
            }
        }

        /// Asks for data, mostly the newest that is decided; whether it passes although it must not.
        private Optional<String> ask(int tenant) {
            long upTo = decidedUpTo(tenant % partitions);
            long at = random.nextInt(3) == 0 ? 1 + random.nextLong(now) : Math.max(1, upTo);
            GateAnswer answer = !GATES_OF_THEIR_OWN.contains(flaw)
                    ? gate.check(sink(tenant), time(at))
                    : at > upTo ? NOT_YET : credulous.check(sink(tenant), time(at));
            Set<Long> before = delivered.computeIfAbsent(tenant, _ -> new HashSet<>());
            for (long other : GATES_OF_THEIR_OWN.contains(flaw) ? Set.<Long>of() : before) {
                GateAnswer now = gate.check(sink(tenant), time(other));
                if (!now.passes() && !(now instanceof GateAnswer.Wait)) {
                    return Optional.of("tenant %d at %d was not taken back: %s".formatted(tenant, other, now));
                }
            }
            if (!answer.passes()) {
                return Optional.empty();
            }
            passed++;
            before.add(at);
            return stopping(tenant, at)
                    .map(event ->
                            "%s: data of tenant %d of %d passes, which %s stops".formatted(flaw, tenant, at, event));
        }

        /// Up to when the tenants of the partition are decided, for the gate or as the flaw has it.
        private long decidedUpTo(int owningPartition) {
            return switch (flaw) {
                case IGNORES_REROUTING -> confirmedWithout(said.getOrDefault(owningPartition, 0L));
                case COUNTS_THE_ORDER_OF_READING -> confirmedWithout(known.getOrDefault(owningPartition, 0L));
                case READS_PROGRESS_BEFORE_THE_SIGNALS ->
                    seconds(Optional.ofNullable(
                            decided.claims(gatesTime()).times().get(owningPartition)));
                default -> seconds(decided.of(owningPartition));
            };
        }

        private static long seconds(Optional<Instant> time) {
            return time.map(at -> at.getEpochSecond() - START.getEpochSecond()).orElse(0L);
        }

        /// All outputs are read that are there now.
        private long confirmedWithout(long claim) {
            return hasRead(outputs.stream().collect(Collectors.toMap(Function.identity(), Log::end))) ? claim : 0;
        }

        /// The event that was there before `at`, and stops data of that time.
        private Optional<Event> stopping(int tenant, long at) {
            List<Event> events = inputs.stream()
                    .flatMap(log -> log.entries.stream())
                    .filter(entry -> entry.about() == tenant)
                    .map(entry -> (Event) entry.what())
                    .sorted(Comparator.comparingLong(Event::at).reversed())
                    .toList();
            Optional<Event> last = events.stream()
                    .filter(event -> event.at() <= at && event.kind() != Kind.LIVES)
                    .findFirst();
            boolean livesAgain = last.isPresent()
                    && events.stream()
                            .anyMatch(event ->
                                    !event.ends() && event.at() > last.get().at());
            return last.filter(event -> event.kind() == Kind.SUPPRESS || (event.ends() && !livesAgain));
        }

        private EnvironmentSink sink(int tenant) {
            return new EnvironmentSink(NAMES.get(partitions).get(tenant), "environment", "TENANT_REPORTING");
        }
    }

    /// Names of tenants by the number of partitions, in turn of each partition.
    private static final Map<Integer, List<String>> NAMES = Map.of(2, names(2), 3, names(3));

    private static List<String> names(int partitions) {
        List<String> names = new ArrayList<>();
        for (int name = 0; names.size() < 2 * partitions; name++) {
            if (TenantPartitioner.partitionOf("tenant-" + name, partitions) == names.size() % partitions) {
                names.add("tenant-" + name);
            }
        }
        return names;
    }
}
