package io.keyward.chaos.cluster;

import io.keyward.testing.LeaderlessPartitions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/// One broker that is also a controller, from a file of its settings; it formats its folder on first use.
public final class ClusterBroker {
    private ClusterBroker() {}

    public static void main(String... arguments) throws Exception {
        LeaderlessPartitions.areKnown();
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of(arguments[0]))) {
            settings.load(file);
        }
        format(settings);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, /* doLog= */ false), Time.SYSTEM);
        server.startup();
        server.awaitShutdown();
    }

    private static void format(Properties settings) throws Exception {
        Path folder = Path.of(settings.getProperty(ClusterBrokerSettings.FOLDER));
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(Integer.parseInt(settings.getProperty(ClusterBrokerSettings.NODE)))
                    .setClusterId(ClusterBrokerSettings.CLUSTER)
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName(ClusterBrokerSettings.CONTROLLERS)
                    .run();
        } catch (IOException failure) {
            throw new IllegalStateException("The folder " + folder + " cannot be prepared for Kafka", failure);
        }
    }
}
