package io.keyward.app;

import io.keyward.ops.HttpFiles;
import io.keyward.topology.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Every setting that the product itself understands, with its default and what it accepts.
final class Settings {
    static final Setting<String> APPLICATION_ID = Setting.of(
            "keyward.application.id",
            "keyward",
            "1 to 100 letters, digits, '.', '_' and '-'",
            matching(Pattern.compile("[a-zA-Z0-9._-]{1,100}")));
    static final Setting<TopicNames> TOPICS_PREFIX =
            Setting.of("keyward.topics.prefix", "cmk.", TopicNames.ACCEPTED_PREFIX, TopicNames::new);
    static final Setting<Integer> TOPICS_PARTITIONS =
            Setting.of("keyward.topics.partitions", "12", "a whole number from 1 to 10000", wholeNumber(1, 10_000));
    static final Setting<Short> TOPICS_REPLICATION = Setting.of(
            "keyward.topics.replication",
            "-1",
            "a whole number from 1 to 100, or -1 for the broker's default",
            Settings::replication);
    static final Setting<Path> STATE_DIR = Setting.withoutDefault(
            "keyward.state.dir", "the path of a folder that outlives the process", Settings::path);
    static final Setting<StateSettings.Store> STATE_STORE = Setting.of(
            "keyward.state.store", "rocksdb", names(StateSettings.Store.class), constant(StateSettings.Store.class));
    static final Setting<MemorySize> STATE_MEMORY =
            Setting.of("keyward.state.memory", "256 MiB", MemorySize.ACCEPTED, MemorySize::parse);
    static final Setting<String> RULES_PROFILE = Setting.of(
            "keyward.rules.profile",
            "2024-07-23",
            "the name of a rule profile, for example 2024-07-23",
            matching(Pattern.compile("[a-zA-Z0-9._-]{1,100}")));
    static final Setting<Duration> RULES_MAX_FUTURE = Setting.of(
            "keyward.rules.max-future",
            "PT5M",
            "an ISO-8601 duration of zero or more, for example PT5M",
            Settings::duration);
    static final Setting<String> HTTP_HOST = Setting.of(
            "keyward.http.host", "127.0.0.1", "a host name or an IP address", matching(Pattern.compile("[^\\s/]+")));
    static final Setting<Integer> HTTP_PORT = Setting.of(
            "keyward.http.port", "8080", "a port number from 0 (any free one) to 65535", wholeNumber(0, 65_535));
    static final Setting<Path> HTTP_CERTIFICATE = Setting.withoutDefault(
            HttpFiles.CERTIFICATE, "the path of a PEM certificate chain, or of a PKCS#12 key store", Settings::path);
    static final Setting<Path> HTTP_KEY =
            Setting.withoutDefault(HttpFiles.KEY, "the path of a PEM private key (PKCS#8)", Settings::path);
    static final Setting<Path> HTTP_PASSWORD = Setting.withoutDefault(
            HttpFiles.PASSWORD,
            "the path of a file with the password of the key store or of the private key",
            Settings::path);
    static final Setting<Path> HTTP_TOKEN = Setting.withoutDefault(
            HttpFiles.TOKEN, "the path of a file with one line of at least 16 characters", Settings::path);
    static final Setting<Boolean> HTTP_OPEN = Setting.of("keyward.http.open", "false", "true or false", Settings::flag);
    static final Setting<Boolean> VAULT_WATCH =
            Setting.of("keyward.vault.watch", "false", "true or false", Settings::flag);

    static final List<Setting<?>> ALL = List.of(
            APPLICATION_ID,
            TOPICS_PREFIX,
            TOPICS_PARTITIONS,
            TOPICS_REPLICATION,
            STATE_DIR,
            STATE_STORE,
            STATE_MEMORY,
            RULES_PROFILE,
            RULES_MAX_FUTURE,
            HTTP_HOST,
            HTTP_PORT,
            HTTP_CERTIFICATE,
            HTTP_KEY,
            HTTP_PASSWORD,
            HTTP_TOKEN,
            HTTP_OPEN,
            VAULT_WATCH);

    private Settings() {}

    static Optional<Setting<?>> find(String key) {
        return ALL.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }

    /// How a constant is written in the configuration.
    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Function<String, String> matching(Pattern pattern) {
        return text -> require(text, pattern.matcher(text).matches());
    }

    private static Path path(String text) {
        return Path.of(require(text, !text.isBlank()));
    }

    private static Function<String, Integer> wholeNumber(int from, int to) {
        return text -> {
            int number = Integer.parseInt(text);
            return require(number, number >= from && number <= to);
        };
    }

    private static short replication(String text) {
        short number = Short.parseShort(text);
        return require(number, number == -1 || (number >= 1 && number <= 100));
    }

    private static boolean flag(String text) {
        return require(text, text.equals("true") || text.equals("false")).equals("true");
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            return require(duration, !duration.isNegative());
        } catch (DateTimeParseException invalid) {
            throw new IllegalArgumentException(invalid);
        }
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Settings::text).collect(Collectors.joining(" or "));
    }

    private static <E extends Enum<E>> Function<String, E> constant(Class<E> type) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(constant -> text(constant).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static <T> T require(T value, boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException(value.toString());
        }
        return value;
    }
}
