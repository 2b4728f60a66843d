package io.keyward.app.run;

import io.keyward.sandbox.EmbeddedSchemaRegistry;
import io.keyward.sandbox.SecuredKafka;
import io.keyward.testing.AccessList;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A broker with TLS, SCRAM and the standard authorizer, which knows the users of `topology/acls.yaml`, and a registry.
///
/// @param credentials the settings of each user's clients
record SecuredPlatform(
        Path folder, SecuredKafka kafka, EmbeddedSchemaRegistry registry, Map<String, Map<String, String>> credentials)
        implements AutoCloseable {
    static final AccessList LIST = AccessList.load();
    private static final AtomicInteger DEPLOYMENTS = new AtomicInteger();

    static SecuredPlatform start(Path folder) throws Exception {
        SecuredKafka kafka = SecuredKafka.start(folder);
        EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(Optional.empty(), "127.0.0.1", 0);
        Map<String, Map<String, String>> credentials = new HashMap<>();
        for (String user : LIST.users().keySet()) {
            credentials.put(user, kafka.user(user));
        }
        return new SecuredPlatform(folder, kafka, registry, credentials);
    }

    /// A deployment that may do what the list allows. All names are of one length, so that none begins with another
    /// one.
    SecuredDeployment deployment() throws Exception {
        SecuredDeployment deployment =
                new SecuredDeployment(this, "case-%03d".formatted(DEPLOYMENTS.incrementAndGet()));
        kafka.allow(deployment.bindings());
        return deployment;
    }

    @Override
    public void close() {
        registry.close();
        kafka.close();
    }
}
