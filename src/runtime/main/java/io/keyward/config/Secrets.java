package io.keyward.config;

import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

/// Decides which settings are secret, and hides them in output.
final class Secrets {
    static final String HIDDEN = "[hidden]";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(password|passphrase|secret|token|credential|user\\.info|jaas|private\\.key|api\\.key|request\\.header).*");
    private static final Pattern ABOUT_A_SECRET =
            Pattern.compile("(?i).*\\.(source|url|class|file|dir|location|type|ms)");
    private static final Pattern USER_INFO = Pattern.compile("://[^/@\\s]+@");

    private Secrets() {}

    static String shown(String name, String value) {
        return isSecret(name) ? HIDDEN : USER_INFO.matcher(value).replaceAll("://" + HIDDEN + "@");
    }

    /// A setting that Kafka defines as a password is secret. Other settings are secret if their name suggests it.
    static boolean isSecret(String name) {
        return KafkaDefinitions.find(name)
                .map(definition -> definition.type() == ConfigDef.Type.PASSWORD)
                .orElseGet(() -> SECRET_NAME.matcher(name).matches()
                        && !ABOUT_A_SECRET.matcher(name).matches());
    }
}
