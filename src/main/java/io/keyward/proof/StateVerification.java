package io.keyward.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/// Proves that what is stored and what is published follow from the facts: for every environment, key and tenant, the
/// facts in the changelogs are decided anew, and must give what the row says was published last, which must be what the
/// newest records of the outputs say. Slots depend on the order of arrival and are checked for what is true in any
/// order.
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
/// - What keeps changing, or awaits a sweep, is looked at again. If it does not come right in time, it is not
///   verifiable, which is not passed.
///
/// Tenants are independent of each other, so a group of partitions is in memory only while it is verified.
public final class StateVerification {
    /// How long what is only seen in part, and sweeps, are waited for after the first reading of a group.
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private StateVerification() {}

    /// Verifies an application.
    ///
    /// @throws ProofException if a topic is missing
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    /// @throws io.keyward.registry.client.RegistryException if the registry does not answer
    public static Report run(Subject subject, ProofProgress progress) {
        return run(subject, progress, PATIENCE);
    }

    /// Verifies an application.
    ///
    /// @param patience how long to wait for what is only seen in part, and for sweeps, after the first reading
    /// @throws ProofException if a topic is missing
    /// @throws org.apache.kafka.common.KafkaException if the cluster refuses or does not answer
    /// @throws io.keyward.registry.client.RegistryException if the registry does not answer
    public static Report run(Subject subject, ProofProgress progress, Duration patience) {
        TopicLayout layout;
        long total;
        try (Admin admin = Admin.create(subject.kafka())) {
            layout = TopicLayout.ask(admin, subject);
            total = LogOffsets.count(
                    admin,
                    IntStream.range(0, layout.groups())
                            .mapToObj(group -> layout.partitions(group, subject))
                            .flatMap(List::stream)
                            .toList());
        }
        Shown shown = new Shown(progress, total);
        int threads = Math.min(layout.groups(), Runtime.getRuntime().availableProcessors());
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<Report>> reports = IntStream.range(0, layout.groups())
                    .mapToObj(group -> workers.submit(group(subject, layout, group, patience, shown)))
                    .toList();
            try {
                return Report.joined(joined(reports));
            } catch (RuntimeException | Error failure) {
                workers.shutdownNow();
                throw failure;
            }
        }
    }

    private static Callable<Report> group(
            Subject subject, TopicLayout layout, int group, Duration patience, Shown shown) {
        return () -> {
            List<TopicPartition> partitions = layout.partitions(group, subject);
            try (CommittedLog log = CommittedLog.open(subject.kafka(), partitions)) {
                return new GroupVerification(subject, layout, patience).verify(GroupLog.of(log, shown.ofGroup()));
            }
        };
    }

    private static List<Report> joined(List<Future<Report>> reports) {
        List<Report> all = new ArrayList<>();
        for (Future<Report> report : reports) {
            try {
                all.add(report.get());
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof RuntimeException thrown
                        ? thrown
                        : new IllegalStateException(failure.getCause());
            } catch (InterruptedException interrupted) {
                throw new InterruptException(interrupted);
            }
        }
        return all;
    }

    /// Adds up what the groups have read.
    private record Shown(ProofProgress progress, long total, LongAdder read) {
        Shown(ProofProgress progress, long total) {
            this(progress, total, new LongAdder());
        }

        /// Takes how much a group has read so far.
        LongConsumer ofGroup() {
            long[] before = {0};
            return now -> {
                synchronized (this) {
                    read.add(now - before[0]);
                    before[0] = now;
                    progress.read(Math.min(read.sum(), total), total);
                }
            };
        }
    }
}
