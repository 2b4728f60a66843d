package io.keyward.app;

import io.keyward.ops.HttpFiles;
import io.keyward.topology.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every setting that the product itself understands, with its default and what it accepts.
final class Settings {
    static final Setting<String> APPLICATION_ID = Setting.of(
            "keyward.application.id",
            "keyward",
            "1 to 100 letters, digits, '.', '_' and '-'",
            Parsers.matching(Pattern.compile("[a-zA-Z0-9._-]{1,100}")));
    static final Setting<TopicNames> TOPICS_PREFIX =
            Setting.of("keyward.topics.prefix", "cmk.", TopicNames.ACCEPTED_PREFIX, TopicNames::new);
    static final Setting<Integer> TOPICS_PARTITIONS =
            Setting.ofWholeNumber("keyward.topics.partitions", "12", 1, 10_000);
    static final Setting<Short> TOPICS_REPLICATION = Setting.of(
            "keyward.topics.replication",
            "-1",
            "a whole number from 1 to 100, or -1 for the broker's default",
            Parsers::replication);
    static final Setting<SerdeSettings> REGISTRY_SERDE =
            Setting.of("keyward.registry.serde", SerdeSettings.OWN, SerdeSettings.ACCEPTED, SerdeSettings::parse);
    static final Setting<Path> STATE_DIR = Setting.withoutDefault(
            "keyward.state.dir", "the path of a folder that outlives the process", Parsers::path);
    static final Setting<StateSettings.Store> STATE_STORE = Setting.of(
            "keyward.state.store",
            "rocksdb",
            Parsers.names(StateSettings.Store.class),
            Parsers.constant(StateSettings.Store.class));
    static final Setting<MemorySize> STATE_MEMORY =
            Setting.of("keyward.state.memory", "256 MiB", MemorySize.ACCEPTED, MemorySize::parse);
    static final Setting<String> RULES_PROFILE = Setting.of(
            "keyward.rules.profile",
            "2024-07-23",
            "the name of a rule profile, for example 2024-07-23",
            Parsers.matching(Pattern.compile("[a-zA-Z0-9._-]{1,100}")));
    static final Setting<Duration> RULES_MAX_FUTURE = Setting.of(
            "keyward.rules.max-future",
            "PT5M",
            "an ISO-8601 duration of zero or more, for example PT5M",
            Parsers::duration);
    static final Setting<String> HTTP_HOST = Setting.of(
            "keyward.http.host",
            "127.0.0.1",
            "a host name or an IP address",
            Parsers.matching(Pattern.compile("[^\\s/]+")));
    static final Setting<Integer> HTTP_PORT = Setting.of(
            "keyward.http.port",
            "8080",
            "a port number from 0 (any free one) to 65535",
            Parsers.wholeNumber(0, 65_535));
    static final Setting<Path> HTTP_CERTIFICATE = Setting.withoutDefault(
            HttpFiles.CERTIFICATE, "the path of a PEM certificate chain, or of a PKCS#12 key store", Parsers::path);
    static final Setting<Path> HTTP_KEY =
            Setting.withoutDefault(HttpFiles.KEY, "the path of a PEM private key (PKCS#8)", Parsers::path);
    static final Setting<Path> HTTP_PASSWORD = Setting.withoutDefault(
            HttpFiles.PASSWORD,
            "the path of a file with the password of the key store or of the private key",
            Parsers::path);
    static final Setting<Path> HTTP_TOKEN = Setting.withoutDefault(
            HttpFiles.TOKEN, "the path of a file with one line of at least 16 characters", Parsers::path);
    static final Setting<Boolean> HTTP_OPEN = Setting.of("keyward.http.open", "false", "true or false", Parsers::flag);

    static final List<Setting<?>> ALL = Stream.of(
                    List.of(
                            APPLICATION_ID,
                            TOPICS_PREFIX,
                            TOPICS_PARTITIONS,
                            TOPICS_REPLICATION,
                            REGISTRY_SERDE,
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
                            HTTP_OPEN),
                    RefusalSettings.ALL,
                    VaultSettings.ALL,
                    VaultAccessSettings.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private Settings() {}

    static Optional<Setting<?>> find(String key) {
        return ALL.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }
}
