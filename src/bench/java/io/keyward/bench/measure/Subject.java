package io.keyward.bench.measure;

import io.keyward.bench.dsl.DslJob;
import io.keyward.bench.flink.FlinkJob;
import io.keyward.bench.subject.HandWritten;
import io.keyward.bench.subject.MatchedPassthrough;
import io.keyward.bench.subject.MatchedStreams;
import io.keyward.bench.subject.Passthrough;
import io.keyward.bench.subject.RawConsumer;
import io.keyward.cli.Main;
import java.util.Arrays;
import java.util.Optional;

/// All subjects, in the order in which a round measures them.
public enum Subject {
    RAW_CONSUMER(Kind.CEILING, RawConsumer.class, "reads, writes nothing"),
    PASSTHROUGH(Kind.CEILING, Passthrough.class, "writes each record once, exactly once"),
    KEYWARD_MEMORY(Kind.PRODUCT, Main.class, "the product, stores on the heap"),
    MATCHED_PASSTHROUGH(Kind.CEILING, MatchedPassthrough.class, "writes what the product writes, decides nothing"),
    MATCHED_STREAMS(Kind.CEILING, MatchedStreams.class, "Kafka Streams and its stores alone, decides nothing"),
    HAND_WRITTEN(Kind.PEER, HandWritten.class, "a loop with hash maps, all rules"),
    KEYWARD_ROCKSDB(Kind.PRODUCT, Main.class, "the product, stores in RocksDB"),
    DSL_MEMORY(Kind.PEER, DslJob.class, "Kafka Streams' DSL, stores on the heap; not R10 to R13"),
    DSL_ROCKSDB(Kind.PEER, DslJob.class, "Kafka Streams' DSL, stores in RocksDB; not R10 to R13"),
    FLINK_HEAP(Kind.PEER, FlinkJob.class, "Apache Flink, state on the heap, all rules"),
    FLINK_ROCKSDB(Kind.PEER, FlinkJob.class, "Apache Flink, state in RocksDB, all rules");

    /// The role of a subject in the comparison.
    enum Kind {
        /// Decides nothing: an upper bound for the rate.
        CEILING,
        PRODUCT,
        /// Decides by the same rules.
        PEER
    }

    private final Kind kind;
    private final Class<?> main;
    private final String description;

    Subject(Kind kind, Class<?> main, String description) {
        this.kind = kind;
        this.main = main;
        this.description = description;
    }

    /// The name on the command line and in the table.
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    public static Optional<Subject> parse(String label) {
        return Arrays.stream(values())
                .filter(subject -> subject.label().equals(label))
                .findFirst();
    }

    public String description() {
        return description;
    }

    Class<?> main() {
        return main;
    }

    /// Whether it keeps its state in RocksDB.
    boolean onDisk() {
        return label().endsWith("rocksdb");
    }

    boolean usesFlink() {
        return main == FlinkJob.class;
    }

    /// Whether it writes what a run of the product has written.
    boolean repeatsTheProduct() {
        return this == MATCHED_PASSTHROUGH || this == MATCHED_STREAMS;
    }

    /// How often it reads the whole backlog.
    int passes() {
        return this == RAW_CONSUMER ? RawConsumer.PASSES : 1;
    }

    boolean isProduct() {
        return kind == Kind.PRODUCT;
    }

    boolean decides() {
        return kind != Kind.CEILING;
    }
}
