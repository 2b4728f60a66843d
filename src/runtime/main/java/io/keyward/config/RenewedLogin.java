package io.keyward.config;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.authenticator.SaslClientCallbackHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives a Kafka client the name and password from the present content of the `sasl.jaas.config` file at each
/// authentication. Kafka's own handler keeps those with which the client was created. While the file cannot be
/// used, the last usable login stays in use. Kafka creates one handler for each client and calls it from one
/// thread at a time.
public final class RenewedLogin implements AuthenticateCallbackHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RenewedLogin.class);

    private final SaslClientCallbackHandler others = new SaslClientCallbackHandler();
    private Map<String, ?> settings = Map.of();
    private Map<String, ?> login = Map.of();

    /// Whether clients authenticate with a name and a password.
    static boolean serves(String mechanism) {
        return mechanism.equals("PLAIN") || mechanism.startsWith("SCRAM-");
    }

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
        others.configure(configs, mechanism, entries);
        settings = Map.copyOf(configs.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(SecretFiles.PREFIX))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        login = entries.getFirst().getOptions();
    }

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        readAgain();
        for (Callback callback : callbacks) {
            switch (callback) {
                case NameCallback name -> name.setName(String.valueOf(login.get("username")));
                case PasswordCallback password ->
                    password.setPassword(String.valueOf(login.get("password")).toCharArray());
                default -> others.handle(new Callback[] {callback});
            }
        }
    }

    private void readAgain() {
        try {
            SecretFiles.value(settings, SaslConfigs.SASL_JAAS_CONFIG)
                    .map(text ->
                            JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(text))))
                    .map(context -> context.configurationEntries().getFirst().getOptions())
                    .filter(options -> options.containsKey("username") && options.containsKey("password"))
                    .ifPresent(options -> login = options);
        } catch (IOException | RuntimeException unusable) {
            LOG.warn(
                    "The sasl.jaas.config file cannot be used ({}); the previous login stays in use",
                    unusable.getClass().getSimpleName()); // its message may hold the file's text
        }
    }

    @Override
    public void close() {
        others.close();
    }
}
