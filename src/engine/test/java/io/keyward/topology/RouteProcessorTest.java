package io.keyward.topology;

import static io.keyward.topology.Events.applied;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.domain.event.Event;
import io.keyward.topology.store.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class RouteProcessorTest {
    private static final int PARTITIONS = 12;

    private final MockProcessorContext<Object, Object> partitionZero = new MockProcessorContext<>();
    private final List<String> observed = new ArrayList<>();
    private final RouteProcessor rerouting = new RouteProcessor(TopologyHarness.NAMES, PARTITIONS, new FlowObserver() {
        @Override
        public void admitted(Event event) {
            observed.add("admitted " + event.tenantId().value());
        }

        @Override
        public void rerouted(String topic, LogSubject about) {
            observed.add("rerouted from " + topic + ": " + about);
        }
    });

    @Test
    void aRecordOnItsOwningPartitionIsForwardedAndAnyOtherIsSentThereAsReceived() {
        rerouting.init(partitionZero);
        byte[] received = {0, 0, 0, 0, 1};
        for (String tenant : tenants()) {
            rerouting.process(new Record<>(
                    tenant,
                    new Admitted(
                            applied(2, tenant, "hr", "k1"),
                            new OriginCoordinates("cmk.policy-applied", 0, 41),
                            received),
                    7L,
                    new RecordHeaders()));
        }

        for (int i = 0; i < tenants().size(); i++) {
            String tenant = tenants().get(i);
            MockProcessorContext.CapturedForward<?, ?> forward =
                    partitionZero.forwarded().get(i);
            assertThat(forward.record().key()).isEqualTo(tenant);
            if (TenantPartitioner.partitionOf(tenant, PARTITIONS) == 0) {
                assertThat(forward.childName()).contains(Nodes.DECIDE);
                assertThat(observed.get(i)).isEqualTo("admitted " + tenant);
            } else {
                assertThat(forward.childName()).contains(Nodes.write(Topic.REROUTED));
                assertThat(observed.get(i))
                        .isEqualTo("rerouted from policy-applied: partition 0 offset 41 of cmk.policy-applied (event "
                                + "applied-2-" + tenant + "-hr)");
                assertThat(forward.record().value()).isSameAs(received);
                assertThat(forward.record().timestamp()).isEqualTo(7L);
                assertThat(new String(
                                forward.record()
                                        .headers()
                                        .lastHeader(OriginCoordinates.HEADER)
                                        .value(),
                                StandardCharsets.UTF_8))
                        .isEqualTo("cmk.policy-applied/0/41");
            }
        }
        assertThat(partitionZero.forwarded())
                .extracting(forward -> forward.childName().orElseThrow())
                .contains(Nodes.DECIDE, Nodes.write(Topic.REROUTED));
    }

    @Test
    void theHeaderNamesTheOriginAloneWhateverTheProducerPutThere() {
        rerouting.init(partitionZero);
        RecordHeaders forged = new RecordHeaders();
        forged.add(OriginCoordinates.HEADER, "cmk.key-revoked/5/77".getBytes(StandardCharsets.UTF_8));
        forged.add("traceparent", new byte[] {1});
        String elsewhere = tenants().stream()
                .filter(tenant -> TenantPartitioner.partitionOf(tenant, PARTITIONS) != 0)
                .findFirst()
                .orElseThrow();
        rerouting.process(new Record<>(
                elsewhere,
                new Admitted(
                        applied(2, elsewhere, "hr", "k1"),
                        new OriginCoordinates("cmk.policy-applied", 0, 41),
                        new byte[] {7}),
                7L,
                forged));

        assertThat(partitionZero.forwarded().getFirst().record().headers().toArray())
                .extracting(header -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
                .containsExactly("traceparent=\u0001", OriginCoordinates.HEADER + "=cmk.policy-applied/0/41");
    }

    private static List<String> tenants() {
        return IntStream.range(0, 60).mapToObj(n -> "tenant-" + n).toList();
    }
}
