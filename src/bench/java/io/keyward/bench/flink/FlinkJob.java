package io.keyward.bench.flink;

import io.keyward.bench.subject.Clients;
import io.keyward.bench.subject.SubjectJob;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/// The product's job in Apache Flink with exactly-once semantics: keyed by tenant, state on the heap or in
/// RocksDB, a checkpoint every second.
///
/// Watermark alignment keeps the sources within a few hours of each other in event time, while the events span
/// months. Flink therefore reads a backlog of several topics in about the order of its events. Without
/// alignment there are far fewer decisions to make, see `TimestampOrder`.
public final class FlinkJob {
    private static final Duration CHECKPOINT = Duration.ofSeconds(1);
    private static final Duration DRIFT = Duration.ofHours(6);
    private static final Duration UPDATE = Duration.ofMillis(20);
    private static final Duration IDLE = Duration.ofSeconds(5);

    /// The product's default memory for RocksDB.
    private static final MemorySize ROCKSDB_MEMORY = MemorySize.ofMebiBytes(256);

    private FlinkJob() {}

    public static void main(String... arguments) throws Exception {
        SubjectJob job = SubjectJob.read(arguments);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, configuration(job));
        WatermarkStrategy<FlinkInput> order = WatermarkStrategy.<FlinkInput>forMonotonousTimestamps()
                .withTimestampAssigner(new EventTimeAssigner())
                .withIdleness(IDLE)
                .withWatermarkAlignment("inputs", DRIFT, UPDATE);
        environment
                .fromSource(source(job), order, "read")
                .keyBy(arrival -> arrival.tenant)
                .process(new DecideFunction(job.registryUrl(), job.names().prefix()))
                .returns(FlinkOutput.class)
                .sinkTo(sink(job));
        environment.execute("decide");
    }

    private static Configuration configuration(SubjectJob job) {
        Configuration settings = new Configuration();
        settings.set(StateBackendOptions.STATE_BACKEND, job.onDisk() ? "rocksdb" : "hashmap");
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, ROCKSDB_MEMORY);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT);
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                job.folder().resolve("checkpoints").toUri().toString());
        settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        settings.set(CoreOptions.TMP_DIRS, job.folder().toString());
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, UPDATE);
        return settings;
    }

    private static KafkaSource<FlinkInput> source(SubjectJob job) {
        return KafkaSource.<FlinkInput>builder()
                .setBootstrapServers(job.bootstrapServers())
                .setGroupId(job.group())
                .setTopics(job.inputs())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new InputDeserializer())
                .setProperty("partition.discovery.interval.ms", "-1")
                .setProperty("commit.offsets.on.checkpoint", "true")
                .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "100")
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .build();
    }

    private static KafkaSink<FlinkOutput> sink(SubjectJob job) {
        Properties settings = new Properties();
        settings.putAll(Clients.batching());
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 60_000);
        return KafkaSink.<FlinkOutput>builder()
                .setBootstrapServers(job.bootstrapServers())
                .setKafkaProducerConfig(settings)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(job.group())
                .setRecordSerializer(new OutputSerializer())
                .build();
    }
}
