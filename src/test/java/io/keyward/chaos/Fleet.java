package io.keyward.chaos;

import io.keyward.testing.process.FreePorts;
import io.keyward.testing.process.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The processor's instances in one experiment. While anything is waited for, an instance that has ended by itself is
/// started again, as an orchestrator does.
final class Fleet implements AutoCloseable {
    /// So long an orchestrator waits before it starts again what has ended.
    private static final Duration BACK_OFF = Duration.ofSeconds(2);

    private static final String NAME = "instance-";
    private static final String FIRST = NAME + 0;

    private final Settings settings;
    private final List<Member> members = new ArrayList<>();
    private final Map<Member, Long> endedAt = new HashMap<>();
    private int ends;

    /// What its instances are made of.
    ///
    /// @param folder where they keep their state and their logs
    /// @param common what all of them are configured with
    /// @param main the class to run instead of the product's own, if any
    /// @param disk what the first instance keeps its state on, if not in that folder
    record Settings(Path folder, Map<String, String> common, Optional<Class<?>> main, Optional<Disk> disk) {}

    Fleet(Settings settings) {
        this.settings = settings;
    }

    /// Starts one more instance.
    Member add() {
        int number = members.size();
        String name = NAME + number;
        Supplier<List<String>> before = name.equals(FIRST) && settings.disk().isPresent()
                ? settings.disk().get()::enter
                : List::of;
        Member member = new Member(
                new Member.Home(name, settings.folder(), FreePorts.one(), before), settings.common(), settings.main());
        members.add(member);
        member.start();
        return member;
    }

    /// What the first instance keeps its state on, if it is a disk of its own.
    Optional<Disk> disk() {
        return settings.disk();
    }

    /// Where the first instance keeps its state.
    static Path stateOfFirst(Path folder) {
        return Member.state(folder, FIRST);
    }

    Member member(int number) {
        return members.get(number);
    }

    List<Member> members() {
        return List.copyOf(members);
    }

    /// How often an instance has ended by itself.
    int ends() {
        return ends;
    }

    void awaitReady(Member member) {
        await("a started instance is ready", member::isReady);
    }

    /// Waits for a condition.
    ///
    /// @param what a sentence about it
    void await(String what, BooleanSupplier condition) {
        Patience.until("%s (logs: %s)".formatted(what, settings.folder()), () -> {
            members.forEach(this::tend);
            return condition.getAsBoolean();
        });
    }

    private void tend(Member member) {
        if (!member.hasEndedByItself()) {
            endedAt.remove(member);
        } else if (!endedAt.containsKey(member)) {
            ends++;
            endedAt.put(member, System.nanoTime());
        } else if (System.nanoTime() - endedAt.get(member) > BACK_OFF.toNanos()) {
            member.start();
        }
    }

    /// Ends every instance as an operator does.
    void stop() {
        members.forEach(Member::stop);
    }

    @Override
    public void close() {
        members.forEach(Member::close);
        settings.disk().ifPresent(Disk::close);
    }
}
