package io.keyward.ops.tracing;

import io.keyward.config.KeywardConfig;
import io.keyward.domain.decision.Cause;
import io.keyward.domain.decision.Trigger;
import io.keyward.topology.Tracing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// What traces cost the deciding thread for each event: CPU time without, switched off, and switched on, when the
/// sender of the event is sampled and when it is not. The argument is the number of events.
final class TracingMeasurement {
    private static final int ROUNDS = 5;

    private static long decided;

    private TracingMeasurement() {}

    public static void main(String[] arguments) throws IOException {
        int events = Integer.parseInt(arguments[0]);
        Properties none = new Properties();
        KeywardConfig config = KeywardConfig.load(Optional.empty(), Map.of("KEYWARD_TRACING_ENABLED", "true"), none);
        try (OtlpReceiver collector = OtlpReceiver.start();
                OpenTelemetryTracing on =
                        OpenTelemetryTracing.start(config, "keyward", "0").orElseThrow()) {
            for (int round = 0; round < ROUNDS; round++) {
                System.out.printf(
                        "without %.1f ns, off %.1f ns, not sampled %.1f ns, sampled %.1f ns; %d spans have come%n",
                        nanos(events, TracingMeasurement::decide, "01"),
                        nanos(events, through(Tracing.NONE), "01"),
                        nanos(events, through(on), "00"),
                        nanos(events, through(on), "01"),
                        collector.spans().size());
            }
        }
        System.out.println(decided);
    }

    private interface Work {
        void decide(Trigger trigger);
    }

    private static Work through(Tracing tracing) {
        return event -> {
            var _ = tracing.trace(event, trigger -> {
                decide(trigger);
                return true;
            });
        };
    }

    private static void decide(Trigger trigger) {
        decided += trigger.headers().size();
    }

    private static double nanos(int events, Work work, String flags) {
        byte[] context =
                ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-" + flags).getBytes(StandardCharsets.UTF_8);
        Trigger event = new Trigger(
                new Cause("KeyRotated", "event", Instant.EPOCH, "cmk.key-rotated", 3, 41),
                Instant.EPOCH,
                List.of(new Trigger.CarriedHeader("traceparent", context)));
        long before = cpuNanos();
        for (int i = 0; i < events; i++) {
            work.decide(event);
        }
        return (double) (cpuNanos() - before) / events;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
