package io.keyward.proof.inputs;

import io.keyward.cluster.CommandFailedException;
import io.keyward.proof.ProofProgress;
import io.keyward.proof.Subject;
import io.keyward.topology.Admission;
import java.util.Optional;

/// What a proof by the inputs proves, and how.
///
/// @param admission as the application admits records
/// @param base with which the facts begin; without one they begin with the first record of every input
public record InputProof(Subject subject, Admission admission, Optional<BaseFolder> base, ProofProgress progress) {
    DeletedInputs inputs() {
        return new DeletedInputs(subject.names(), base.map(BaseFolder::base));
    }

    /// Checks that the base is of this application, with its present partitions.
    ///
    /// @throws CommandFailedException if it is not
    void requireBaseOf(InputTopics topics) {
        base.ifPresent(folder -> folder.requireOf(subject.applicationId(), topics.partitions()));
    }
}
