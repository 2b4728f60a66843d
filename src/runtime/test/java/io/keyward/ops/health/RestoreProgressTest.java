package io.keyward.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {
    private static final TopicPartition FIRST = new TopicPartition("environments-changelog", 0);
    private static final TopicPartition SECOND = new TopicPartition("environments-changelog", 1);
    private static final TopicPartition KEYS = new TopicPartition("keys-changelog", 0);

    private final RestoreProgress progress = new RestoreProgress();

    @Test
    void nothingIsLeftBeforeAnythingBegins() {
        assertThat(progress.remaining()).isEmpty();
        assertThat(progress.remainingRecords()).isZero();
    }

    @Test
    void eachStoreIsNamedWithWhatIsLeftOfAllItsPartitions() {
        progress.onRestoreStart(KEYS, "keys", 0, 10);
        progress.onRestoreStart(FIRST, "environments", 100, 300);
        progress.onRestoreStart(SECOND, "environments", 0, 50);
        progress.onBatchRestored(FIRST, "environments", 149, 50);
        assertThat(progress.remaining())
                .containsExactly(
                        new RestoreProgress.Remaining("environments", 2, 200),
                        new RestoreProgress.Remaining("keys", 1, 10));
        assertThat(progress.remainingRecords()).isEqualTo(210);
    }

    @Test
    void aStoreIsDoneWhenItsLastPartitionEnds() {
        progress.onRestoreStart(FIRST, "environments", 0, 20);
        progress.onBatchRestored(FIRST, "environments", 19, 20);
        assertThat(progress.remaining()).containsExactly(new RestoreProgress.Remaining("environments", 1, 0));
        progress.onRestoreEnd(FIRST, "environments", 20);
        assertThat(progress.remaining()).isEmpty();
    }

    @Test
    void aTaskThatGoesToAnotherInstanceIsNotWaitedFor() {
        progress.onRestoreStart(FIRST, "environments", 0, 20);
        progress.onRestoreSuspended(FIRST, "environments", 5);
        progress.onBatchRestored(FIRST, "environments", 9, 5);
        assertThat(progress.remaining()).isEmpty();
    }
}
