package io.keyward.console.whatif;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.console.replica.FilledReplica;
import io.keyward.console.replica.ReplicaView;
import io.keyward.console.replica.TenantView;
import io.keyward.domain.event.Event;
import io.keyward.topology.Bounds;
import io.keyward.topology.TopologyHarness;
import io.keyward.topology.contract.EventLine;
import io.keyward.topology.contract.RuleProfiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The replica's own views answer as the stores of the topology do, although they show one tenant at a time.
class WhatIfOnReplicaTest {
    @TempDir
    private Path folder;

    @Test
    void slotsQueueAndFanOutAreThoseOfTheTopology() {
        try (FilledReplica replica = FilledReplica.start(folder)) {
            replica.given(limit(1, "contoso", 2));
            IntStream.rangeClosed(1, 4)
                    .forEach(number -> Stream.of("contoso", "contoso-2", "fabrikam")
                            .forEach(tenant -> replica.given(
                                    clean(1, tenant, "e" + number), applied(2, tenant, "e" + number, "k1"))));
            List<String> lines = Stream.<Event>of(
                            removed(3, "contoso", "e1", "k1"),
                            limit(3, "fabrikam", 3),
                            revoked(4, "contoso", "k1"),
                            revoked(4, "fabrikam", "k1"))
                    .map(event -> EventLine.write(event, "test").toString())
                    .toList();

            WhatIfAnswer ofTopology = ask(new TopologyView(replica.harness()), lines);
            try (ReplicaView view = replica.view()) {
                WhatIfAnswer answer = ask(view, lines);

                assertThat(answer.lines()).isEqualTo(ofTopology.lines());
                assertThat(answer.deletions()).isEqualTo(ofTopology.deletions()).hasSize(7);
            }
        }
    }

    private static WhatIfAnswer ask(TenantView view, List<String> lines) {
        return new WhatIf(
                        TopologyHarness.NAMES,
                        RuleProfiles.named(RuleProfiles.DEFAULT).orElseThrow(),
                        Bounds.DEFAULT,
                        WhatIfLimits.DEFAULT)
                .ask(view, lines, day(5), TopologyView.ALL);
    }
}
