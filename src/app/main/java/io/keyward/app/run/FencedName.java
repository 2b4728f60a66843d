package io.keyward.app.run;

import io.keyward.topology.Outages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ClassicGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.ClassicGroupState;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig;

/// A name in the group that Kafka has taken from a stream thread and given to a newer member.
///
/// The newer member may be the thread itself. After a broker was paused, the coordinator may handle a join request
/// that the thread had abandoned after the one that followed it. Such a request creates a member that never sends
/// heartbeats, so it is removed when its session expires. Another instance keeps the name.
///
/// @param limit for how long only a member that lives keeps a name, while the group is stable
/// @param group describes the group, after a pause
record FencedName(String name, Duration limit, Callable<ClassicGroupDescription> group, LongSupplier nanoTime) {
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// Waits until the name of this stream thread is free, or known to be another instance's. An outage only
    /// prolongs that.
    static boolean isAnothers(StreamsConfig config, KafkaClientSupplier clients) {
        if (!config.getString(StreamsConfig.GROUP_PROTOCOL_CONFIG).equalsIgnoreCase("classic")) {
            return true; // other protocols never let a thread join twice under a name
        }
        String thread = Thread.currentThread().getName();
        int number = Integer.parseInt(thread.substring(thread.lastIndexOf('-') + 1));
        String id = config.getString(StreamsConfig.APPLICATION_ID_CONFIG);
        Map<String, Object> consumer = config.getMainConsumerConfigs(id, thread, number);
        long session = Long.parseLong(
                consumer.get(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG).toString());
        try (Admin admin = clients.getAdmin(config.getAdminConfigs(thread + "-fenced"))) {
            return new FencedName(
                            consumer.get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)
                                    .toString(),
                            Duration.ofMillis(2 * session), // a coordinator that moves begins it again
                            () -> {
                                LockSupport.parkNanos(PAUSE.toNanos());
                                return admin.describeClassicGroups(List.of(id))
                                        .describedGroups()
                                        .get(id)
                                        .get();
                            },
                            System::nanoTime)
                    .isAnothers();
        }
    }

    /// The same for any name. Any failure other than an outage leaves the name to the other member.
    boolean isAnothers() {
        Optional<String> holder = Optional.empty();
        long since = nanoTime.getAsLong();
        while (nanoTime.getAsLong() - since <= limit.toNanos()) {
            try {
                ClassicGroupDescription now = group.call();
                Optional<String> last = holder;
                holder = holder(now);
                if (holder.isEmpty()) {
                    return false;
                }
                if (now.state() != ClassicGroupState.STABLE || !holder.equals(last)) {
                    since = nanoTime.getAsLong();
                }
            } catch (Exception failure) {
                if (!Outages.isOutage(failure)) {
                    return true;
                }
                since = nanoTime.getAsLong();
            }
        }
        return true;
    }

    private Optional<String> holder(ClassicGroupDescription now) {
        return now.members().stream()
                .filter(member -> member.groupInstanceId().filter(name::equals).isPresent())
                .map(MemberDescription::consumerId)
                .findFirst();
    }
}
