package io.keyward.config;

import io.keyward.avro.json.NearestName;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Parses given values and collects all problems, so that one start reports every mistake.
final class ConfigReader {
    private static final String FILE_SUFFIX = ".file";
    private static final String PREFIX = "keyward.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    private final ConfigSources sources;
    private final List<String> problems = new ArrayList<>();

    ConfigReader(ConfigSources sources) {
        this.sources = sources;
    }

    /// The text of each setting: the given value, or else the default.
    SettingValues values(List<Setting<?>> settings) {
        Map<String, String> texts = new HashMap<>();
        settings.forEach(setting -> sources.given(setting.key())
                .flatMap(given -> accepted(setting, given))
                .or(() -> setting.defaultText().map(setting::normalized))
                .ifPresent(text -> texts.put(setting.key(), text)));
        return new SettingValues(texts);
    }

    ClientSettings group(ClientSettingsGroup group) {
        Map<String, String> values = new HashMap<>();
        Map<String, String> files = new HashMap<>();
        givenIn(group).filter(given -> isFree(group, given)).forEach(given -> {
            String name = group.name(given.key());
            if (isFileOfASecret(name)) {
                String secret = withoutSuffix(name);
                content(given, group.key(secret)).ifPresent(content -> values.put(secret, content));
                files.put(secret, given.text().strip());
            } else {
                values.put(name, given.text());
                objection(group, given);
            }
        });
        return new ClientSettings(values, files);
    }

    /// The problems found so far.
    List<String> problems() {
        return List.copyOf(problems);
    }

    /// Adds problems between values that are valid on their own.
    void refuse(Stream<String> others) {
        others.forEach(problems::add);
    }

    /// Adds a problem for a client setting that nothing reads, or for the setting that names the file with its
    /// value.
    void refuseUnread(String key, String reason) {
        sources.given(key)
                .map(given -> given.shown() + ": " + reason)
                .or(() -> sources.given(key + FILE_SUFFIX)
                        .map(given -> given.shown() + ": " + reason.replaceFirst("\\?$", FILE_SUFFIX + "?")))
                .ifPresent(problems::add);
    }

    void refuseUnknown() {
        Map<Boolean, List<ConfigSources.GivenValue>> unknown = sources.keys().stream()
                .filter(key -> !KeywardConfig.knows(key)
                        && ClientSettingsGroup.find(key).isEmpty())
                .flatMap(key -> sources.given(key).stream())
                .collect(Collectors.partitioningBy(given -> isName(given.key())));
        unknown.get(true)
                .forEach(given ->
                        problems.add(given.shown() + ": there is no such setting. " + suggestion(given.key())));
        unknown.get(false).stream()
                .collect(Collectors.groupingBy(ConfigSources.GivenValue::origin, TreeMap::new, Collectors.counting()))
                .forEach((origin, count) -> problems.add(
                        "%s: lines that are not settings: %d. It must be a properties file, with lines such as keyward.application.id = keyward; is this a file of another kind?"
                                .formatted(origin, count)));
    }

    /// Whether the key was meant as the name of a setting. Other text may be anything, so messages do not repeat
    /// it.
    private static boolean isName(String key) {
        return NAME.matcher(key).matches()
                && (key.startsWith(PREFIX)
                        || KafkaDefinitions.find(key).isPresent()
                        || NearestName.to(key, namesLike(key)).isPresent());
    }

    /// All setting names, and the key's name in each group of client settings.
    private static List<String> namesLike(String key) {
        String[] parts = key.split("\\.", 3);
        String rest = parts[parts.length - 1];
        return Stream.concat(
                        KeywardConfig.ALL.stream().map(Setting::key),
                        Stream.of(ClientSettingsGroup.values()).map(group -> group.key(rest)))
                .toList();
    }

    private Optional<String> accepted(Setting<?> setting, ConfigSources.GivenValue given) {
        try {
            return Optional.of(setting.normalized(given.text().strip()));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException invalid) {
            problems.add("%s: must be %s.".formatted(given.shown(), setting.accepted()));
            return Optional.empty();
        }
    }

    private Stream<ConfigSources.GivenValue> givenIn(ClientSettingsGroup group) {
        return sources.keys().stream()
                .filter(key ->
                        ClientSettingsGroup.find(key).filter(group::equals).isPresent())
                .filter(key -> !KeywardConfig.knows(key))
                .flatMap(key -> sources.given(key).stream());
    }

    private boolean isFree(ClientSettingsGroup group, ConfigSources.GivenValue given) {
        String name = group.name(given.key());
        Optional<String> owned = OwnedSettings.reason(group, isFileOfASecret(name) ? withoutSuffix(name) : name);
        owned.ifPresent(reason -> problems.add("%s: %s.".formatted(given.shown(), reason)));
        return owned.isEmpty();
    }

    private void objection(ClientSettingsGroup group, ConfigSources.GivenValue given) {
        if (group != ClientSettingsGroup.REGISTRY) {
            KafkaDefinitions.objection(group.name(given.key()), given.text())
                    .map("Kafka refuses it: %s."::formatted)
                    .or(() -> OwnedSettings.objection(group, group.name(given.key()), given.text()))
                    .ifPresent(reason -> problems.add("%s: %s".formatted(given.shown(), reason)));
        }
    }

    /// Some of Kafka's own settings end in `.file` too; they are passed on unchanged.
    private static boolean isFileOfASecret(String name) {
        return name.endsWith(FILE_SUFFIX)
                && name.length() > FILE_SUFFIX.length()
                && KafkaDefinitions.find(name).isEmpty();
    }

    private static String withoutSuffix(String name) {
        return name.substring(0, name.length() - FILE_SUFFIX.length());
    }

    private Optional<String> content(ConfigSources.GivenValue given, String secretKey) {
        if (sources.keys().contains(secretKey)) {
            problems.add("%s: %s is set as well; keep one of the two.".formatted(given.shown(), secretKey));
            return Optional.empty();
        }
        try {
            return Optional.of(SecretFiles.content(given.text().strip()));
        } catch (IOException | InvalidPathException failure) {
            problems.add("%s: the file cannot be read (%s); it must be the path of a file that holds the value of %s."
                    .formatted(given.shown(), failure, secretKey));
            return Optional.empty();
        }
    }

    private static String suggestion(String key) {
        return suggested(key)
                .map("Did you mean %s?"::formatted)
                .orElseGet(() -> "The settings are %s, and %s."
                        .formatted(
                                KeywardConfig.ALL.stream().map(Setting::key).collect(Collectors.joining(", ")),
                                Stream.of(ClientSettingsGroup.values())
                                        .map(group -> group.key("*"))
                                        .collect(Collectors.joining(", "))));
    }

    /// Suggests names of the given group only. If the group is misspelt, as in `keyward.kafak.bootstrap.servers`,
    /// or missing, it searches other groups, but never for a secret, which could then reach the wrong system.
    private static Optional<String> suggested(String key) {
        List<String> inGroup = KeywardConfig.ALL.stream()
                .map(Setting::key)
                .filter(name -> group(name).equals(group(key)))
                .toList();
        if (inGroup.contains(key + FILE_SUFFIX)) {
            return Optional.of(key + FILE_SUFFIX);
        }
        if (!inGroup.isEmpty() || ClientSettingsGroup.isPrefix(group(key))) {
            return NearestName.to(key, inGroup);
        }
        if (Secrets.isSecret(key)) {
            return Optional.empty();
        }
        if (KafkaDefinitions.find(key).isPresent()) {
            return Optional.of(ClientSettingsGroup.KAFKA.key(key) + " or " + ClientSettingsGroup.STREAMS.key(key));
        }
        String rest = key.substring(Math.min(key.length(), group(key).length()));
        return NearestName.to(
                key,
                Stream.concat(
                                KeywardConfig.ALL.stream().map(Setting::key),
                                Stream.of(ClientSettingsGroup.values())
                                        .filter(group -> KafkaDefinitions.isKnown(group, rest))
                                        .map(group -> group.key(rest)))
                        .toList());
    }

    /// The first two words of a key, each with its dot.
    private static String group(String key) {
        return key.substring(0, key.indexOf('.', key.indexOf('.') + 1) + 1);
    }
}
