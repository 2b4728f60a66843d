package io.keyward.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Maps environment variables to settings: `KEYWARD_HTTP_PORT` is `keyward.http.port`.
///
/// A variable cannot distinguish '.' from '-', so known names take precedence; otherwise '_' becomes '.'.
final class EnvironmentVariables {
    private static final String PREFIX = "KEYWARD_";

    /// Read by the start script and by the logging setup, before any configuration exists.
    private static final Set<String> READ_BY_OTHERS =
            Set.of("KEYWARD_JAVA_OPTS", "KEYWARD_LOG_LEVEL", "KEYWARD_LOG_LIBRARIES", "KEYWARD_LOG_FORMAT");

    /// Kubernetes sets such variables in every container for every service, and a service may be named `keyward`
    /// or `keyward-kafka`.
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "KEYWARD_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private EnvironmentVariables() {}

    /// Setting → the variable that sets it.
    static Map<String, String> settings(Map<String, String> environment) {
        Map<String, String> variables = new TreeMap<>();
        environment.keySet().stream()
                .filter(variable -> variable.startsWith(PREFIX) && !READ_BY_OTHERS.contains(variable))
                .forEach(variable -> setting(variable).ifPresent(key -> variables.put(key, variable)));
        return variables;
    }

    private static Optional<String> setting(String variable) {
        Optional<String> own = KeywardConfig.ALL.stream()
                .map(Setting::key)
                .filter(key -> KafkaDefinitions.variable(key).equals(variable))
                .findFirst();
        if (own.isPresent()) {
            return own;
        }
        return SERVICE_LINK.matcher(variable).matches()
                ? Optional.empty()
                : Optional.of(inGroup(variable).orElseGet(() -> dotted(variable)));
    }

    private static Optional<String> inGroup(String variable) {
        return ClientSettingsGroup.find(dotted(variable)).map(group -> {
            String name = variable.substring(group.prefix().length());
            return group.key(KafkaDefinitions.findByVariable(name).orElseGet(() -> dotted(name)));
        });
    }

    private static String dotted(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
