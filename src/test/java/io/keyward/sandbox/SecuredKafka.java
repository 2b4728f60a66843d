package io.keyward.sandbox;

import io.keyward.testing.SelfSigned;
import io.keyward.testing.process.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.awaitility.Awaitility;

/// The embedded broker, secured like a production cluster: clients connect with TLS, authenticate with SCRAM,
/// and may only do what ACLs allow. An additional listener is for the administrator, who may do everything.
public final class SecuredKafka implements AutoCloseable {
    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required";

    private final Path folder;
    private final SelfSigned certificate;
    private final int port;
    private final EmbeddedKafka kafka;
    private final Admin administrator;

    private SecuredKafka(Path folder, SelfSigned certificate, int port, EmbeddedKafka kafka) {
        this.folder = folder;
        this.certificate = certificate;
        this.port = port;
        this.kafka = kafka;
        this.administrator = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    public static SecuredKafka start(Path folder) throws Exception {
        SelfSigned certificate = SelfSigned.in(folder);
        int port = FreePorts.one();
        EmbeddedKafka kafka =
                EmbeddedKafka.start(folder.resolve("kafka"), 0, settings -> secured(settings, port, certificate));
        return new SecuredKafka(folder, certificate, port, kafka);
    }

    /// Creates a user with its own password.
    ///
    /// @return the settings of its clients, under the product's names, with the secret in a file
    public Map<String, String> user(String name) throws Exception {
        String password = "secret-of-" + name;
        administrator
                .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                .all()
                .get();
        Path login = Files.writeString(
                folder.resolve(name + ".jaas"),
                "%s username=\"%s\" password=\"%s\";%n".formatted(LOGIN, name, password));
        return Map.of(
                "keyward.kafka.bootstrap.servers",
                LoopbackPorts.HOST + ":" + port,
                "keyward.kafka.security.protocol",
                "SASL_SSL",
                "keyward.kafka.sasl.mechanism",
                MECHANISM,
                "keyward.kafka.sasl.jaas.config.file",
                login.toString(),
                "keyward.kafka.ssl.truststore.type",
                "PEM",
                "keyward.kafka.ssl.truststore.location",
                certificate.certificate().toString());
    }

    public void allow(Collection<AclBinding> list) throws Exception {
        administrator.createAcls(list).all().get();
        await(known -> known.containsAll(list));
    }

    public void forbid(AclBinding binding) throws Exception {
        administrator
                .deleteAcls(List.of(new AclBindingFilter(
                        binding.pattern().toFilter(), binding.entry().toFilter())))
                .all()
                .get();
        await(known -> !known.contains(binding));
    }

    /// Waits, because the controller confirms a change of the ACLs before the broker has it.
    private void await(Predicate<Collection<AclBinding>> changed) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> changed.test(administrator
                        .describeAcls(AclBindingFilter.ANY)
                        .values()
                        .get()));
    }

    /// A client that may do everything.
    public Admin administrator() {
        return administrator;
    }

    @Override
    public void close() {
        administrator.close();
        kafka.close();
    }

    private static Properties secured(Properties settings, int port, SelfSigned certificate) {
        String listener = "SECURED://" + LoopbackPorts.HOST + ":" + port;
        settings.merge("listeners", listener, (listeners, more) -> listeners + "," + more);
        settings.merge("advertised.listeners", listener, (listeners, more) -> listeners + "," + more);
        settings.merge("listener.security.protocol.map", "SECURED:SASL_SSL", (map, more) -> map + "," + more);
        settings.put("sasl.enabled.mechanisms", MECHANISM);
        settings.put("listener.name.secured.scram-sha-512.sasl.jaas.config", LOGIN + ";");
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", certificate.store().toString());
        settings.put("ssl.keystore.password", SelfSigned.PASSWORD);
        settings.put("ssl.key.password", SelfSigned.PASSWORD);
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS"); // clients of the listener without SASL
        return settings;
    }
}
