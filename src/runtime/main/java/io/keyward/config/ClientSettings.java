package io.keyward.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/// Settings that are passed on verbatim under the client's own names. `toString` hides secrets.
///
/// @param values name without the `keyward.….` prefix → value
/// @param files the paths from which values were read, by setting name; such values are secret
public record ClientSettings(Map<String, String> values, Map<String, String> files) {
    public ClientSettings {
        values = Map.copyOf(values);
        files = Map.copyOf(files);
    }

    /// Adds settings that make a Kafka client read its files again for each connection, unless other classes are
    /// configured for that.
    ClientSettings renewed() {
        Map<String, String> all = new TreeMap<>(values);
        String mechanism = values.getOrDefault(SaslConfigs.SASL_MECHANISM, SaslConfigs.DEFAULT_SASL_MECHANISM);
        if (files.containsKey(SaslConfigs.SASL_JAAS_CONFIG) && RenewedLogin.serves(mechanism)) {
            all.putIfAbsent(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, RenewedLogin.class.getName());
        }
        if (values.keySet().stream().anyMatch(name -> name.matches("ssl\\.(key|trust)store\\..*"))) {
            all.putIfAbsent(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, RenewedTls.class.getName());
        }
        files.forEach((name, path) -> all.put(SecretFiles.PREFIX + name, path));
        return new ClientSettings(all, files);
    }

    /// Replaces the values that come from files by the present content of the files.
    ///
    /// @throws UncheckedIOException if a file cannot be read
    ClientSettings readAgain() {
        Map<String, String> all = new TreeMap<>(values);
        files.forEach((name, path) -> {
            try {
                all.put(name, SecretFiles.content(path));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        });
        return new ClientSettings(all, files);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public ClientSettings with(String name, String value) {
        Map<String, String> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new ClientSettings(changed, files);
    }

    /// Every name with its value, sorted; secrets are hidden.
    Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        values.forEach((name, value) ->
                shown.put(name, files.containsKey(name) ? Secrets.HIDDEN : Secrets.shown(name, value)));
        return shown;
    }

    @Override
    public String toString() {
        return shown().toString();
    }
}
