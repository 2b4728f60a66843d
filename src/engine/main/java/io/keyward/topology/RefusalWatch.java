package io.keyward.topology;

import io.keyward.client.Topic;
import io.keyward.domain.id.RefusalCode;
import io.keyward.domain.id.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Distinguishes bad input from other failures: an empty or wrong registry, a wrong broker clock, or a defect of
/// this release. Each of these refuses nearly all records of nearly all tenants.
///
/// One bad tenant or one broken producer must not stop the processor for all others. So four conditions must hold
/// within the window: many records are refused, of several tenants, in inputs of more than one upstream service,
/// and hardly any tenant has an accepted record. A producer that floods the topics of one service does not meet
/// the third condition, and does not meet the fourth while records of other tenants are accepted.
///
/// Shared by all tasks of an instance. Thread-safe.
final class RefusalWatch {
    /// The maximum number of tenants in each set. More would not change the result, and memory stays bounded.
    private static final int MAX_TENANTS = 200;

    private final RefusalLimits limits;
    private HalfWindow current = new HalfWindow(0);
    private HalfWindow previous = new HalfWindow(0);

    RefusalWatch(RefusalLimits limits) {
        this.limits = limits;
    }

    /// The counts of half a window.
    private static final class HalfWindow {
        private final long begin;
        private final Set<Integer> refusedTenants = new HashSet<>();
        private final Set<Integer> acceptedTenants = new HashSet<>();
        private final Set<Integer> tenants = new HashSet<>();
        private final Set<String> concerns = new HashSet<>();
        private final Map<RefusalCode, Integer> refused = new EnumMap<>(RefusalCode.class);

        HalfWindow(long begin) {
            this.begin = begin;
        }

        int records() {
            return refused.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    synchronized void accepted(TenantId tenant, long now) {
        if (limits.records() > 0) {
            rollWindow(now);
            remember(current.acceptedTenants, () -> tenant.value().getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Counts a refused record. Its tenant is known only by its key.
    ///
    /// @throws SystemicRefusalException if this refusal exceeds the limits
    synchronized void refused(OriginCoordinates origin, Optional<Topic> topic, byte[] key, RefusalCode code, long now) {
        if (limits.records() == 0) {
            return;
        }
        rollWindow(now);
        current.refused.merge(code, 1, Integer::sum);
        remember(current.refusedTenants, () -> key == null ? new byte[0] : key);
        topic.map(RefusalWatch::concern).ifPresent(current.concerns::add);
        if (isSystemic()) {
            throw new SystemicRefusalException(explanation(origin));
        }
    }

    private boolean isSystemic() {
        return current.records() + previous.records() >= limits.records()
                && distinct(half -> half.concerns) > 1
                && distinct(half -> half.refusedTenants) >= limits.tenants()
                && 100L * distinct(half -> half.acceptedTenants)
                        <= (long) limits.acceptedPercent() * distinct(half -> half.tenants);
    }

    private void rollWindow(long now) {
        long half = Math.max(1, limits.window().toMillis() / 2);
        if (now - current.begin >= half) {
            previous = now - current.begin < 2 * half ? current : new HalfWindow(now);
            current = new HalfWindow(now);
        }
    }

    /// The number of distinct elements in both halves. Does not build a set, because it runs for every refusal.
    private <T> int distinct(Function<HalfWindow, Set<T>> kind) {
        Set<T> now = kind.apply(current);
        int count = now.size();
        for (T element : kind.apply(previous)) {
            count += now.contains(element) ? 0 : 1;
        }
        return count;
    }

    /// Remembers only the hash: a rare collision of two tenants does not matter, and a key can have any size.
    private void remember(Set<Integer> kind, Supplier<byte[]> key) {
        if (kind.size() < MAX_TENANTS) {
            int tenant = Arrays.hashCode(key.get());
            if (kind.add(tenant)) {
                current.tenants.add(tenant);
            }
        }
    }

    /// Identifies the upstream service of a topic: each service writes the topics that begin with one word.
    private static String concern(Topic topic) {
        return topic.baseName().substring(0, topic.baseName().indexOf('-'));
    }

    private String explanation(OriginCoordinates last) {
        Map<RefusalCode, Integer> codes = new EnumMap<>(previous.refused);
        current.refused.forEach((code, count) -> codes.merge(code, count, Integer::sum));
        return "Nearly everything is refused: %s within %s, of %d tenants and in inputs of several services, while records of %d tenants were accepted. A single producer or tenant does not explain that: check that keyward.registry.url is the registry that the producers use and that it still has their schemas, that the brokers' clocks are right, and what is new in this release. The last refused record is at offset %d of %s partition %d. The topic dead-letters contains the refused records before it; this one and later ones are read again after the restart. If the records really are invalid, start with keyward.refusals.records = 0."
                .formatted(
                        codes,
                        limits.window(),
                        distinct(half -> half.refusedTenants),
                        distinct(half -> half.acceptedTenants),
                        last.offset(),
                        last.topic(),
                        last.partition());
    }
}
