package example;

import io.keyward.client.Coordinates;
import io.keyward.client.EventPublisher;
import io.keyward.client.Outcome;
import io.keyward.client.Topic;
import io.keyward.event.EnvironmentChanged;
import io.keyward.event.EnvironmentType;
import io.keyward.event.FlowInventory;
import io.keyward.event.KeyReference;
import io.keyward.event.Lifecycle;
import io.keyward.event.PolicyApplied;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/// An upstream service: states that an environment exists and that a policy was applied to it, and waits until
/// both are decided.
public final class Publish {
    private Publish() {}

    /// Prints what becomes of the two events.
    ///
    /// @param arguments tenant, environment
    public static void main(String... arguments) throws Exception {
        try (EventPublisher publisher = EventPublisher.connect(Sandbox.settings())) {
            for (SpecificRecord event : events(arguments[0], arguments[1])) {
                Coordinates coordinates = publisher.publish(event).get();
                Outcome outcome = publisher.outcome(coordinates);
                while (outcome instanceof Outcome.Pending) {
                    Thread.sleep(500);
                    outcome = publisher.outcome(coordinates);
                }
                System.out.println(coordinates.topic() + ": " + outcome);
            }
        }
    }

    private static List<SpecificRecord> events(String tenant, String environment) {
        FlowInventory noFlows = FlowInventory.newBuilder().setCount(0).build();
        return List.of(
                EnvironmentChanged.newBuilder()
                        .setEventId(UUID.randomUUID().toString())
                        .setTenantId(tenant)
                        .setOccurredAt(Instant.now())
                        .setSource("java-example")
                        .setEnvironmentId(environment)
                        .setType(EnvironmentType.PRODUCTION)
                        .setManaged(true)
                        .setLifecycle(Lifecycle.ACTIVE)
                        .setCloudFlows(noFlows)
                        .setDesktopFlows(noFlows)
                        .build(),
                PolicyApplied.newBuilder()
                        .setEventId(UUID.randomUUID().toString())
                        .setTenantId(tenant)
                        .setOccurredAt(Instant.now())
                        .setSource("java-example")
                        .setEnvironmentId(environment)
                        .setPolicyId("policy-1")
                        .setKey(new KeyReference("https://kv-" + tenant + ".vault.azure.net", "cmk", null))
                        .build());
    }
}
