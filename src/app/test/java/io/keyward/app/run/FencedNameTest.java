package io.keyward.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.ClassicGroupState;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/// Whose a name in the group is that was taken from a stream thread. A look each second, and a limit of five.
class FencedNameTest {
    private static final List<Callable<ClassicGroupDescription>> FREE =
            List.of(() -> group(ClassicGroupState.STABLE, "keyward-1"));
    private static final List<Callable<ClassicGroupDescription>> NO_ANSWER =
            List.of(() -> failed(new TimeoutException("frozen")));

    private final AtomicLong seconds = new AtomicLong();

    @Test
    void aMemberThatIsRemovedWasNoInstance() {
        assertThat(isAnothers(held(4), FREE)).isFalse();
    }

    @Test
    void aMemberThatOutlivesItsSessionInAStableGroupIsOne() {
        assertThat(isAnothers(held(7), FREE)).isTrue();
    }

    @Test
    void neitherARebalanceNorAnOutageCountsNorWhatWasBeforeThem() {
        assertThat(isAnothers(held(4), held(9, ClassicGroupState.PREPARING_REBALANCE), held(4), FREE))
                .isFalse();
        assertThat(isAnothers(held(4), NO_ANSWER, NO_ANSWER, held(4), FREE)).isFalse();
        assertThat(isAnothers(held(4), NO_ANSWER, held(7), FREE)).isTrue();
    }

    @Test
    void whoMayNotLookLeavesTheName() {
        assertThat(isAnothers(List.of(() -> failed(new GroupAuthorizationException("keyward"))), FREE))
                .isTrue();
    }

    @Test
    void inTheStreamsProtocolANameIsAlwaysLeft() {
        StreamsConfig streams = new StreamsConfig(
                Map.of("application.id", "keyward", "bootstrap.servers", "127.0.0.1:1", "group.protocol", "streams"));
        assertThat(FencedName.isAnothers(
                        streams,
                        new InstanceClients("keyward", Optional.empty(), new TopicPartition("cmk.erasures", 0))))
                .isTrue();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private final boolean isAnothers(List<Callable<ClassicGroupDescription>>... looks) {
        Iterator<Callable<ClassicGroupDescription>> next =
                Arrays.stream(looks).flatMap(List::stream).iterator();
        return new FencedName(
                        "keyward-0",
                        Duration.ofSeconds(5),
                        () -> {
                            seconds.incrementAndGet();
                            return next.next().call();
                        },
                        () -> Duration.ofSeconds(seconds.get()).toNanos())
                .isAnothers();
    }

    private static ClassicGroupDescription failed(Exception failure) throws ExecutionException {
        throw new ExecutionException(failure);
    }

    private static List<Callable<ClassicGroupDescription>> held(int looks) {
        return held(looks, ClassicGroupState.STABLE);
    }

    private static List<Callable<ClassicGroupDescription>> held(int looks, ClassicGroupState state) {
        return IntStream.range(0, looks)
                .<Callable<ClassicGroupDescription>>mapToObj(_ -> () -> group(state, "keyward-0"))
                .toList();
    }

    private static ClassicGroupDescription group(ClassicGroupState state, String name) {
        return new ClassicGroupDescription(
                "keyward",
                "consumer",
                "stream",
                List.of(new MemberDescription(
                        "id-of-" + name,
                        Optional.of(name),
                        Optional.empty(),
                        "client",
                        "host",
                        new MemberAssignment(Set.of()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())),
                state,
                Node.noNode());
    }
}
