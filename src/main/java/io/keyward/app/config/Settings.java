package io.keyward.app.config;

import io.keyward.ops.health.StallWatch;
import io.keyward.topology.contract.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every setting that the product itself understands, with its default and what it accepts.
public final class Settings {
    static final Setting<String> APPLICATION_ID = Setting.of(
            "keyward.application.id",
            "keyward",
            "1 to 100 letters, digits, '.', '_' and '-'",
            Parsers.matching(Pattern.compile("[a-zA-Z0-9._-]{1,100}")));
    static final Setting<TopicNames> TOPICS_PREFIX =
            Setting.of("keyward.topics.prefix", "cmk.", TopicNames.ACCEPTED_PREFIX, TopicNames::new);
    public static final Setting<Integer> TOPICS_PARTITIONS =
            Setting.ofWholeNumber("keyward.topics.partitions", "12", 1, 10_000);
    static final Setting<Short> TOPICS_REPLICATION = Setting.of(
            "keyward.topics.replication",
            "-1",
            "a whole number from 1 to 100, or -1 for the broker's default",
            Parsers::replication);
    public static final Setting<SerdeSettings> REGISTRY_SERDE =
            Setting.of("keyward.registry.serde", SerdeSettings.OWN, SerdeSettings.ACCEPTED, SerdeSettings::parse);
    public static final Setting<Path> STATE_DIR = Setting.withoutDefault(
            "keyward.state.dir", "the path of a folder that outlives the process", Parsers::path);
    static final Setting<StateSettings.Store> STATE_STORE = Setting.of(
            "keyward.state.store",
            "rocksdb",
            Parsers.names(StateSettings.Store.class),
            Parsers.constant(StateSettings.Store.class));
    static final Setting<MemorySize> STATE_MEMORY =
            Setting.of("keyward.state.memory", "256 MiB", MemorySize.ACCEPTED, MemorySize::parse);
    public static final Setting<String> RULES_PROFILE = Setting.of(
            "keyward.rules.profile",
            "2024-07-23",
            "the name of a rule profile, for example 2024-07-23",
            Parsers.matching(Pattern.compile("[a-zA-Z0-9._-]{1,100}")));
    static final Setting<Duration> RULES_MAX_FUTURE = Setting.of(
            "keyward.rules.max-future",
            "PT5M",
            "an ISO-8601 duration of zero or more, for example PT5M",
            Parsers::duration);
    static final Setting<Duration> HEALTH_STALLED_AFTER = Setting.of(
            StallWatch.SETTING,
            "PT15M",
            "an ISO-8601 duration longer than zero, for example PT15M",
            Parsers::positiveDuration);
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
                            HEALTH_STALLED_AFTER),
                    RefusalSettings.ALL,
                    HttpSettings.ALL,
                    VaultSettings.ALL,
                    VaultAccessSettings.ALL)
            .<Setting<?>>flatMap(List::stream)
            .toList();

    private Settings() {}

    static Optional<Setting<?>> find(String key) {
        return ALL.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }
}
