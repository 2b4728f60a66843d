package io.keyward.app.start;

import io.keyward.cluster.ClusterAnswers;
import io.keyward.cluster.SetupFinding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/// Compares the clock of the cluster's active controller with that of this machine. The brokers' clocks decide
/// which events lie in the future: if one is behind, correct events are refused.
record ClusterClock(ClusterAnswers answers, InstantSource clock) {
    /// How far the cluster's clock is ahead of ours, accurate to the duration of the request; empty if the user
    /// may not ask, or the cluster does not tell.
    Optional<Duration> ahead() {
        Instant askedAt = clock.instant();
        var quorum = answers.admin().describeMetadataQuorum().quorumInfo();
        if (answers.isDenied(quorum)) {
            return Optional.empty();
        }
        return answers.getUnless(
                        UnsupportedVersionException.class,
                        quorum,
                        "The controllers cannot be described",
                        AclOperation.DESCRIBE)
                .flatMap(ClusterClock::leader)
                .map(time -> Duration.between(between(askedAt, clock.instant()), time));
    }

    private static Optional<Instant> leader(QuorumInfo quorum) {
        return quorum.voters().stream()
                .filter(voter -> voter.replicaId() == quorum.leaderId())
                .flatMapToLong(voter -> voter.lastCaughtUpTimestamp().stream())
                .mapToObj(Instant::ofEpochMilli)
                .findFirst();
    }

    private static Instant between(Instant askedAt, Instant answered) {
        return askedAt.plus(Duration.between(askedAt, answered).dividedBy(2));
    }

    /// A difference that is larger than tolerated.
    ///
    /// @param max the largest tolerated difference
    Optional<SetupFinding> finding(Duration max) {
        return ahead().filter(ahead -> ahead.abs().compareTo(max) > 0)
                .map(ahead -> new StartFinding(
                        "The clock of this machine and that of the cluster's controller are %d s apart (the controller is %s). One of them is wrong. If it is a broker's, correct events are refused, or events in the future are accepted."
                                .formatted(ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead"),
                        "timedatectl status # on this machine and on the brokers; chronyc makestep sets a clock"));
    }
}
