package io.keyward.avro;

import io.keyward.decision.TenantErasure;
import io.keyward.domain.decision.Erasure;
import io.keyward.domain.decision.FanOut;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.generic.IndexedRecord;

/// Converts erasures to records of the topic `erasures`, and back.
public final class ErasureCodec {
    private ErasureCodec() {}

    public static TenantErasure write(Erasure erasure) {
        return new TenantErasure(
                erasure.tenantSha256(),
                erasure.requestId().map(UUID::toString).orElse(null),
                erasure.requestedAt(),
                erasure.erasedAt(),
                erasure.erased().environments(),
                erasure.erased().keys(),
                erasure.erased().outputs());
    }

    /// The erasure in a record.
    ///
    /// @throws IllegalArgumentException if the record is not an erasure record, or the request's id is not a UUID
    public static Erasure read(IndexedRecord value) {
        if (!(value instanceof TenantErasure read)) {
            throw new IllegalArgumentException(value.getSchema().getFullName() + " is not an erasure record");
        }
        return new Erasure(
                read.getTenantSha256(),
                Optional.ofNullable(read.getRequestId()).map(UUID::fromString),
                read.getRequestedAt(),
                read.getErasedAt(),
                new FanOut.Erased(read.getEnvironments(), read.getKeys(), read.getOutputs()));
    }
}
