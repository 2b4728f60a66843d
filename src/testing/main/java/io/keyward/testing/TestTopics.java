package io.keyward.testing;

import io.keyward.testing.process.Patience;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// Makes topics for tests.
public final class TestTopics {
    private TestTopics() {}

    /// Returns once the broker leads each partition. Before, it may refuse the first records of a producer, which may
    /// then send in vain for two minutes ("OUT_OF_ORDER_SEQUENCE_NUMBER").
    public static void create(Admin admin, List<NewTopic> topics) throws ExecutionException, InterruptedException {
        CreateTopicsResult created = admin.createTopics(topics);
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (NewTopic topic : topics) {
            for (int partition = 0;
                    partition < created.numPartitions(topic.name()).get();
                    partition++) {
                partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        Patience.until("the broker leads " + partitions.keySet(), () -> areLed(admin, partitions));
    }

    private static boolean areLed(Admin admin, Map<TopicPartition, OffsetSpec> partitions) {
        try {
            return admin.listOffsets(partitions).all().get().size() == partitions.size();
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException interruption) {
            throw Patience.interrupted(interruption);
        }
    }
}
