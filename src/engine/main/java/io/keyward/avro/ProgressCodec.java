package io.keyward.avro;

import io.keyward.domain.decision.Progress;

/// Converts progress to records of the topic `progress`.
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
}
