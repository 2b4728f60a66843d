package io.keyward.proof.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.Position;
import io.keyward.client.Topic;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.id.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Behind which position the facts of an erased tenant begin.
class ErasurePositionsTest {
    private static final TenantId CONTOSO = new TenantId("contoso");
    private static final TenantId FABRIKAM = new TenantId("fabrikam");

    private final ErasurePositions erasures = new ErasurePositions();

    @Test
    void nobodyWasErased() {
        assertThat(erasures.of(CONTOSO)).isEmpty();
        assertThat(erasures.isErasedSince(CONTOSO, at(0, 0))).isFalse();
        assertThat(erasures.before(CONTOSO, at(9, 9))).isEmpty();
        assertThat(erasures.covers(CONTOSO, Topic.KEY_REVOKED, 0)).isFalse();
    }

    @Test
    void theLastErasureOfATenantCounts() {
        take(CONTOSO, at(2, 2));
        take(CONTOSO, at(5, 4));
        assertThat(erasures.of(CONTOSO)).contains(at(5, 4));
        assertThat(erasures.of(FABRIKAM)).isEmpty();
        assertThat(erasures.covers(CONTOSO, Topic.KEY_REVOKED, 4)).isTrue();
        assertThat(erasures.covers(CONTOSO, Topic.KEY_REVOKED, 5)).isFalse();
        assertThat(erasures.covers(FABRIKAM, Topic.KEY_REVOKED, 4)).isFalse();
    }

    /// The position of an output, and behind which erasure its facts begin: 0 for none.
    @ParameterizedTest
    @CsvSource({"1, 9, 0", "9, 1, 0", "2, 2, 2", "4, 9, 2", "9, 3, 2", "5, 4, 5", "9, 9, 5"})
    void anOutputRestsOnTheLastErasureBelowItsPosition(long revocations, long applications, long erased) {
        take(CONTOSO, at(2, 2));
        take(CONTOSO, at(5, 4));
        assertThat(erasures.before(CONTOSO, at(revocations, applications)))
                .isEqualTo(erased == 0 ? Optional.empty() : Optional.of(erased == 2 ? at(2, 2) : at(5, 4)));
    }

    @ParameterizedTest
    @CsvSource({"4, 9, true", "9, 3, true", "5, 4, false", "9, 9, false"})
    void aBaseOfBeforeTheErasureCountsNoMore(long revocations, long applications, boolean erased) {
        take(CONTOSO, at(5, 4));
        assertThat(erasures.isErasedSince(CONTOSO, at(revocations, applications)))
                .isEqualTo(erased);
        assertThat(erasures.isErasedSince(FABRIKAM, at(revocations, applications)))
                .isFalse();
    }

    /// An application that was moved to more partitions has read other offsets since.
    @Test
    void theOffsetsOfAnotherPartitionSayNothing() {
        take(CONTOSO, Position.of(1, Map.of(Topic.KEY_REVOKED, 1L)));
        assertThat(erasures.isErasedSince(CONTOSO, at(9, 9))).isTrue();
        assertThat(erasures.before(CONTOSO, at(9, 9))).isEmpty();
    }

    @Test
    void aRecordWithoutAKeyOrAPositionIsNoErasure() {
        erasures.take(record(null, at(1, 1).toString()));
        erasures.take(record(Erasure.sha256(CONTOSO), "none"));
        assertThat(erasures.of(CONTOSO)).isEmpty();
    }

    private static Position at(long revocations, long applications) {
        return Position.of(0, Map.of(Topic.KEY_REVOKED, revocations, Topic.POLICY_APPLIED, applications));
    }

    private void take(TenantId tenant, Position position) {
        erasures.take(record(Erasure.sha256(tenant), position.toString()));
    }

    private static ConsumerRecord<byte[], byte[]> record(String key, String position) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "cmk.erasures", 0, 0, key == null ? null : key.getBytes(StandardCharsets.UTF_8), new byte[0]);
        record.headers().add(Position.HEADER, position.getBytes(StandardCharsets.US_ASCII));
        return record;
    }
}
