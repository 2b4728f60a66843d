package io.keyward.avro;

import io.keyward.domain.decision.Progress;
import org.apache.avro.generic.IndexedRecord;

/// Converts what is said of progress to records of the topic `progress`, and back.
public final class ProgressCodec {
    private ProgressCodec() {}

    public static io.keyward.decision.Progress write(Progress progress) {
        return new io.keyward.decision.Progress(
                progress.partition(),
                progress.partitions(),
                progress.decidedUpTo(),
                progress.positions(),
                progress.applicationId());
    }

    /// The progress in a record.
    ///
    /// @throws IllegalArgumentException if it is no record of progress
    public static Progress read(IndexedRecord value) {
        if (value instanceof io.keyward.decision.Progress read) {
            return new Progress(
                    read.getPartition(),
                    read.getPartitions(),
                    read.getDecidedUpTo(),
                    read.getPositions(),
                    read.getApplicationId());
        }
        throw new IllegalArgumentException(value.getSchema().getFullName() + " tells of no progress");
    }
}
