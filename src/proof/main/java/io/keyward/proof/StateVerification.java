package io.keyward.proof;

import io.keyward.cluster.CommandFailedException;
import io.keyward.cluster.CommittedLog;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/// Proves that what is stored and what is published follow from the facts: for every environment, key and
/// tenant, the facts in the changelogs are decided again, and must give what the row says was published last,
/// which must be what the newest records of the outputs say. Slots depend on the order of arrival and are
/// checked for what is true in any order.
///
/// It joins no group and writes nothing, and may run against a live cluster. There, one reading of several
/// partitions can show a part of a transaction. So it reads in rounds, each time on to where all partitions of a
/// group end, and a group holds every partition that a transaction about a tenant writes to.
///
/// - What is right in one round is right: the rows and the outputs fit, whatever is written meanwhile.
/// - What is not right becomes suspect. The next round begins after this one, so every transaction of which this
///   one shows a part is whole in it ([CommittedLog]). If the suspect is not right then either, and none of the
///   records that it rests on has changed, no transaction explains it: neither one that was seen in part before,
///   which would have changed one of them, nor one that is seen in part now, for the same reason. It is a
///   finding.
/// - What keeps changing, or awaits a fan-out, is read again. If it does not come right in time, it is not
///   verifiable, which is not passed.
///
/// Tenants are independent of each other, so a group of partitions is in memory only while it is verified.
public final class StateVerification {
    private StateVerification() {}

    /// Verifies an application.
    ///
    /// @param patience how long to wait for what is only partly visible, and for fan-outs, after the first reading
    /// @throws CommandFailedException if a topic is missing
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    /// @throws io.keyward.registry.client.RegistryException if the registry does not answer
    public static Report run(Subject subject, ProofProgress progress, Duration patience) {
        TopicLayout layout;
        List<List<TopicPartition>> groups;
        ReadProgress read;
        try (Admin admin = Admin.create(subject.kafka())) {
            layout = TopicLayout.ask(admin, subject);
            groups = IntStream.range(0, layout.groups())
                    .mapToObj(group -> layout.partitions(group, subject))
                    .toList();
            read = new ReadProgress(admin, groups.stream().flatMap(List::stream).toList(), progress);
        }
        return Report.joined(groups.parallelStream()
                .map(group -> verify(subject, layout, group, patience, read))
                .toList());
    }

    private static Report verify(
            Subject subject, TopicLayout layout, List<TopicPartition> group, Duration patience, ReadProgress read) {
        try (CommittedLog log = CommittedLog.open(subject.kafka(), group)) {
            return new GroupVerification(subject, layout, patience).verify(GroupLog.of(log, read.ofOne()));
        }
    }
}
