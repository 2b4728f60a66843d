package io.keyward.sandbox;

import io.keyward.testing.SelfSigned;
import io.keyward.testing.process.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.awaitility.Awaitility;

/// The embedded broker, secured like a production cluster: clients connect with TLS, authenticate with SCRAM or
/// as told, and may only do what ACLs allow. An additional listener is for the administrator, who may do
/// everything.
public final class SecuredKafka implements AutoCloseable {
    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required";
    private static final String PRODUCT = "keyward.kafka.";

    private final Path folder;
    private final SelfSigned certificate;
    private final int port;
    private final Map<String, String> sasl;
    private EmbeddedKafka kafka;
    private Admin administrator;

    private SecuredKafka(Path folder, SelfSigned certificate, int port, Map<String, String> sasl, EmbeddedKafka kafka) {
        this.folder = folder;
        this.certificate = certificate;
        this.port = port;
        this.sasl = sasl;
        this.kafka = kafka;
        this.administrator = Admin.create(administration());
    }

    public static SecuredKafka start(Path folder) throws Exception {
        return start(
                folder, Map.of("sasl.enabled.mechanisms", MECHANISM, "scram-sha-512.sasl.jaas.config", LOGIN + ";"));
    }

    /// Starts it with other mechanisms.
    ///
    /// @param sasl how clients authenticate: settings of the broker, without the prefix of the listener
    public static SecuredKafka start(Path folder, Map<String, String> sasl) throws Exception {
        SelfSigned certificate = SelfSigned.in(folder);
        int port = FreePorts.one();
        EmbeddedKafka kafka =
                EmbeddedKafka.start(folder.resolve("kafka"), 0, settings -> secured(settings, port, certificate, sasl));
        return new SecuredKafka(folder, certificate, port, sasl, kafka);
    }

    /// Stops it and starts it on its data with another certificate, of an authority that no client knows yet.
    ///
    /// @return the new certificate, in PEM form, and where the clients' authorities are
    public Renewed restart() throws Exception {
        SelfSigned other = SelfSigned.in(folder.resolve("renewed"));
        administrator.close();
        kafka.close();
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, settings -> secured(settings, port, other, sasl));
        administrator = Admin.create(administration());
        return new Renewed(other.certificate(), certificate.certificate());
    }

    /// The certificate of a broker that was restarted.
    ///
    /// @param known the file with the authorities that clients know
    public record Renewed(Path certificate, Path known) {}

    /// Gives a user another password. Waits, because the controller confirms it before the broker has it.
    public void setPassword(String name, String password) throws Exception {
        administrator
                .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                .all()
                .get();
        Map<String, Object> client = new HashMap<>(connection());
        client.put("sasl.mechanism", MECHANISM);
        client.put("sasl.jaas.config", login(name, password));
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> logsIn(client));
    }

    private static boolean logsIn(Map<String, Object> client) throws Exception {
        try (Admin user = Admin.create(client)) {
            user.describeCluster().nodes().get();
            return true;
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof SaslAuthenticationException) {
                return false;
            }
            throw refused;
        }
    }

    /// What a file with a login holds.
    public static String login(String name, String password) {
        return "%s username=\"%s\" password=\"%s\";%n".formatted(LOGIN, name, password);
    }

    /// Creates a user with its own password, for SCRAM.
    ///
    /// @return the settings of its clients, under the product's names, with the secret in a file
    public Map<String, String> user(String name) throws Exception {
        String password = "secret-of-" + name;
        setPassword(name, password);
        Path login = Files.writeString(folder.resolve(name + ".jaas"), login(name, password));
        Map<String, String> settings = new HashMap<>();
        connection().forEach((key, value) -> settings.put(PRODUCT + key, value));
        settings.put(PRODUCT + "sasl.mechanism", MECHANISM);
        settings.put(PRODUCT + "sasl.jaas.config.file", login.toString());
        return settings;
    }

    /// What every client needs besides its credentials: settings of Kafka's clients.
    public Map<String, String> connection() {
        return Map.of(
                "bootstrap.servers",
                LoopbackPorts.HOST + ":" + port,
                "security.protocol",
                "SASL_SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
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
                .pollInterval(Duration.ofMillis(20))
                .until(() -> changed.test(administrator
                        .describeAcls(AclBindingFilter.ANY)
                        .values()
                        .get()));
    }

    /// The settings of a client that may do everything.
    public Map<String, Object> administration() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
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

    private static Properties secured(Properties settings, int port, SelfSigned certificate, Map<String, String> sasl) {
        String listener = "SECURED://" + LoopbackPorts.HOST + ":" + port;
        settings.merge("listeners", listener, (listeners, more) -> listeners + "," + more);
        settings.merge("advertised.listeners", listener, (listeners, more) -> listeners + "," + more);
        settings.merge("listener.security.protocol.map", "SECURED:SASL_SSL", (map, more) -> map + "," + more);
        sasl.forEach((key, value) -> settings.put("listener.name.secured." + key, value));
        settings.put("ssl.keystore.type", "PKCS12");
        settings.put("ssl.keystore.location", certificate.store().toString());
        settings.put("ssl.keystore.password", SelfSigned.PASSWORD);
        settings.put("ssl.key.password", SelfSigned.PASSWORD);
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", "User:ANONYMOUS"); // clients of the listener without SASL
        return settings;
    }
}
