package io.keyward.app.run;

import io.keyward.cluster.SchemaAdmin;
import io.keyward.cluster.TopicAdmin;
import io.keyward.config.KeywardConfig;
import io.keyward.sandbox.EmbeddedSchemaRegistry;
import io.keyward.sandbox.SecuredKafka;
import io.keyward.testing.AccessList;
import io.keyward.testing.Cluster;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.process.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Credentials change while a processor runs, and every connection is reopened.
class RenewedCredentialsIT {
    @TempDir
    private Path folder;

    /// The broker changes first, as with Strimzi, so the processor is refused until its files have
    /// changed as well.
    @Test
    void aPasswordAndAnAuthorityAreRenewedWithoutARestart() throws Exception {
        try (SecuredKafka kafka = SecuredKafka.start(folder);
                EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(Optional.empty(), "127.0.0.1", 0)) {
            kafka.allow(AccessList.load().bindings("cmk.", "keyward"));
            KeywardConfig administrator = config(kafka, registry, "keyward-admin");
            try (TopicAdmin topics = new TopicAdmin(administrator);
                    SchemaAdmin schemas = new SchemaAdmin(administrator)) {
                topics.create();
                schemas.register();
            }
            KeywardConfig config = config(kafka, registry, "keyward");
            try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
                instance.start();
                Patience.until(
                        "the processor is ready",
                        () -> InstanceHealth.readiness(instance).ok());
                kafka.setPassword("keyward", "another");
                SecuredKafka.Renewed renewed = kafka.restart();
                Patience.until(
                        "the broker refuses it",
                        () -> !InstanceHealth.readiness(instance).ok());
                Files.writeString(folder.resolve("keyward.jaas"), SecuredKafka.login("keyward", "another"));
                Files.copy(renewed.certificate(), renewed.known(), StandardCopyOption.REPLACE_EXISTING);
                Patience.until(
                        "it is ready with what was renewed",
                        () -> InstanceHealth.readiness(instance).ok());
                instance.rethrowFailure();
            }
        }
    }

    private KeywardConfig config(SecuredKafka kafka, EmbeddedSchemaRegistry registry, String user) throws Exception {
        Map<String, String> settings = new HashMap<>(kafka.user(user));
        settings.putAll(Map.of(
                "keyward.registry.url",
                registry.url().toString(),
                "keyward.topics.partitions",
                "1",
                "keyward.state.dir",
                folder.resolve("state").toString(),
                "keyward.http.port",
                "0"));
        Properties properties = new Properties();
        properties.putAll(settings);
        return KeywardConfig.load(Optional.empty(), Map.of(), properties);
    }
}
