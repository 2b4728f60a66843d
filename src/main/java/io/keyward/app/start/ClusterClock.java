package io.keyward.app.start;

import io.keyward.app.cluster.ClusterAnswers;
import io.keyward.app.cluster.ClusterAnswers.Question;
import io.keyward.app.cluster.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/// The clock of the cluster, as its active controller has it, against that of this machine. Events are judged by the
/// brokers' clocks: one that is behind refuses what producers with a right clock send.
final class ClusterClock {
    private final Admin admin;
    private final ClusterAnswers answers;
    private final InstantSource clock;

    ClusterClock(Admin admin, ClusterAnswers answers, InstantSource clock) {
        this.admin = admin;
        this.answers = answers;
        this.clock = clock;
    }

    /// How far the cluster's clock is ahead of ours, within the time that the question takes; empty where the user may
    /// not ask, or the cluster does not tell.
    Optional<Duration> ahead() {
        Instant asked = clock.instant();
        var quorum = admin.describeMetadataQuorum().quorumInfo();
        if (answers.isDenied(quorum)) {
            return Optional.empty();
        }
        Question question = new Question("The controllers cannot be described", AclOperation.DESCRIBE);
        return answers.getUnless(UnsupportedVersionException.class, quorum, question)
                .flatMap(ClusterClock::leader)
                .map(time -> Duration.between(between(asked, clock.instant()), time));
    }

    private static Optional<Instant> leader(QuorumInfo quorum) {
        return quorum.voters().stream()
                .filter(voter -> voter.replicaId() == quorum.leaderId())
                .map(QuorumInfo.ReplicaState::lastCaughtUpTimestamp)
                .filter(OptionalLong::isPresent)
                .map(time -> Instant.ofEpochMilli(time.getAsLong()))
                .findFirst();
    }

    private static Instant between(Instant asked, Instant answered) {
        return asked.plus(Duration.between(asked, answered).dividedBy(2));
    }

    /// A difference that makes one of the clocks useless.
    ///
    /// @param max how much is put up with
    Optional<Finding> finding(Duration max) {
        return ahead().filter(ahead -> ahead.abs().compareTo(max) > 0)
                .map(ahead -> new StartFinding(
                        "The clock of this machine and that of the cluster's controller are %d s apart (the controller is %s). One of them is wrong; where it is a broker's, events are refused that are right, or taken though they lie in the future."
                                .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead"),
                        "timedatectl status # on this machine and on the brokers; chronyc makestep sets a clock"));
    }
}
