package io.keyward.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.id.TenantId;
import io.keyward.topology.store.Nodes;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class TenantRecordsTest {
    private static final Bytes KEY = Bytes.wrap(new byte[] {1});

    @Test
    void aTombstoneOfWhichCompactionHasLeftNothingElseIsNoRow() {
        TenantRecords records = new TenantRecords(new TenantId("contoso"), 0);
        records.changing(Nodes.KEYS).remove(KEY);
        assertThat(records.rows(Nodes.KEYS)).isEmpty();
        records.changing(Nodes.KEYS).put(KEY, new NewestRecord(1, new byte[1]));
        records.changing(Nodes.KEYS).remove(KEY);
        assertThat(records.rows(Nodes.KEYS)).isEmpty();
    }
}
