package io.keyward.sandbox.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keyward.domain.id.TenantId;
import io.keyward.intake.Finding;
import io.keyward.intake.Item;
import io.keyward.intake.eventgrid.EventGridReader;
import io.keyward.sandbox.vault.Barrier;
import io.keyward.sandbox.vault.VaultChange;
import io.keyward.sandbox.vault.Vaults;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An intake understands every event that the emulator of Azure sends.
class EventsReadByIntakeTest {
    private static final TenantId CONTOSO = new TenantId("contoso");

    private static void changeEverything(Vaults vaults) {
        vaults.rotate(SampleChanges.HOST, "hr");
        vaults.setEnabled(SampleChanges.HOST, "hr", false);
        vaults.deny(SampleChanges.HOST, "hr", Barrier.POLICY);
        vaults.allow(SampleChanges.HOST, "hr");
        vaults.deny(SampleChanges.HOST, "hr", Barrier.NETWORK);
        vaults.allow(SampleChanges.HOST, "hr");
        vaults.deny(SampleChanges.HOST, "hr", Barrier.RBAC);
        vaults.allow(SampleChanges.HOST, "hr");
        vaults.delete(SampleChanges.HOST, "hr");
        vaults.recover(SampleChanges.HOST, "hr");
    }

    @ParameterizedTest
    @EnumSource
    void aRotationIsAFactAndAChangeOfAccessAHint(EventSchema schema) {
        assertThat(SampleChanges.of(SampleChanges.vaults(), EventsReadByIntakeTest::changeEverything).stream()
                        .flatMap(change -> read(change, schema)))
                .containsOnly("KeyRotated of https://kv-contoso.vault.azure.net/keys/hr", "hint on the vault");
    }

    private static Stream<String> read(VaultChange change, EventSchema schema) {
        return GridEvents.of(change, schema, "e-1").stream()
                .flatMap(event -> EventGridReader.read(CONTOSO, bytes(event)).stream())
                .map(item -> {
                    assertThat(item.type()).isEqualTo(GridEvents.type(change).orElseThrow());
                    return switch (item.finding()) {
                        case Finding.Fact(var event) -> {
                            assertThat(event.stamp().eventId().value()).isEqualTo("eg:e-1");
                            assertThat(event.occurredAt()).isEqualTo(change.at());
                            yield event.type() + " of " + event.key();
                        }
                        case Finding.Hint(var hint) -> {
                            assertThat(hint.vaultUri()).contains("https://" + SampleChanges.HOST);
                            yield "hint on " + hint.keyName().orElse("the vault");
                        }
                        case Finding.Irrelevant _ -> "irrelevant";
                        case Finding.Handshake _ -> "handshake";
                        case Finding.Refused(var why) -> why.detail();
                    };
                });
    }

    @Test
    void theHandshakeIsUnderstood() {
        ObjectNode question = GridEvents.validation("e-2", "c0de", SampleChanges.NOW);
        assertThat(EventGridReader.read(CONTOSO, bytes(question)))
                .extracting(Item::finding)
                .containsExactly(new Finding.Handshake("c0de"));
    }

    private static byte[] bytes(ObjectNode event) {
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }
}
