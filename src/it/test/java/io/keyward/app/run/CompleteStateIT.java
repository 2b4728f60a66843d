package io.keyward.app.run;

import static io.keyward.testing.Running.awaitDecisions;
import static io.keyward.testing.Running.whileRunning;
import static io.keyward.testing.Running.within;
import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.revoked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyward.client.TenantPartitioner;
import io.keyward.client.Topic;
import io.keyward.config.KeywardConfig;
import io.keyward.config.StateSettings;
import io.keyward.domain.decision.Publication;
import io.keyward.domain.event.Event;
import io.keyward.ops.metrics.Scrape;
import io.keyward.proof.ProofProgress;
import io.keyward.proof.StateVerification;
import io.keyward.proof.Subject;
import io.keyward.testing.CapturedLog;
import io.keyward.testing.Cluster;
import io.keyward.testing.ClusterExtension;
import io.keyward.testing.InstanceHealth;
import io.keyward.testing.process.Folders;
import io.keyward.topology.KeywardTopology;
import io.keyward.topology.store.Nodes;
import io.keyward.topology.store.StateDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// The state folder of a stopped instance is damaged by hand. Nothing may be decided on what is left.
@ExtendWith(ClusterExtension.class)
class CompleteStateIT {
    private static final int ENVIRONMENTS = 12;
    private static final int PARTITION = TenantPartitioner.partitionOf("contoso", Cluster.PARTITIONS);
    private static final String ELSEWHERE = Stream.of("fabrikam", "adatum", "tailspin", "woodgrove")
            .filter(tenant -> TenantPartitioner.partitionOf(tenant, Cluster.PARTITIONS) != PARTITION)
            .findFirst()
            .orElseThrow();
    private static final int OTHER = TenantPartitioner.partitionOf(ELSEWHERE, Cluster.PARTITIONS);
    private static Cluster cluster;

    /// What was done to the stores.
    enum Damage {
        ROW_DELETED,
        STORE_EMPTIED,
        USERS_OF_KEYS_EMPTIED,
        VALUE_CHANGED,
        RULES_MISSING,
        /// It says that it is up to date.
        OLDER_STORE,
        /// They say that they are up to date.
        OLDER_STORES;

        /// @param older the folder as it was before the key was revoked
        void of(Path now, Path older) {
            switch (this) {
                case ROW_DELETED ->
                    edit(
                            now,
                            Nodes.ENVIRONMENTS,
                            (value, row) -> Optional.of(value).filter(_ -> row != 3));
                case STORE_EMPTIED -> edit(now, Nodes.ENVIRONMENTS, (_, _) -> Optional.empty());
                case USERS_OF_KEYS_EMPTIED -> edit(now, Nodes.KEY_USAGE, (_, _) -> Optional.empty());
                case VALUE_CHANGED ->
                    edit(now, Nodes.ENVIRONMENTS, (value, row) -> Optional.of(row == 3 ? changed(value) : value));
                case RULES_MISSING ->
                    edit(now, Nodes.TENANTS, (value, _) -> Optional.of(value).filter(row -> !isText(row)));
                case OLDER_STORE -> putBack(now, older, List.of(Nodes.ENVIRONMENTS));
                case OLDER_STORES -> putBack(now, older, KeywardTopology.stores());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ROW_DELETED", "OLDER_STORES"})
    void damageIsToldAndMendedBeforeAnythingIsDecided(Damage damage) {
        KeywardConfig config = config(damage.name().toLowerCase(Locale.ROOT) + ".");
        Path state = stateOf(config);
        Path older = state.resolveSibling(damage + "-older");
        runWith(config, environments());
        copy(state, older);
        runWith(config, Stream.of(revoked(3, "contoso", "k1")));
        int before = published(config).size();
        damage.of(state, older);

        List<String> warnings = runWith(config, Stream.of(clean(4, "contoso", "environment-0")));

        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("The restored state of partition " + PARTITION + " is incomplete");
        assertThat(published(config)).hasSize(before);
        assertThat(verified(config)).isEmpty();
        assertThat(runWith(config, Stream.of(clean(5, "contoso", "environment-1"))))
                .isEmpty();
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ROW_DELETED", "OLDER_STORES"})
    void otherDamageIsToldAndMendedToo(Damage damage) {
        damageIsToldAndMendedBeforeAnythingIsDecided(damage);
    }

    @Tag("full")
    @Test
    void olderStoresThatKnowTheirAgeAreRestoredWithoutAWord() {
        KeywardConfig config = config("honest.");
        Path older = stateOf(config).resolveSibling("honest-older");
        runWith(config, environments());
        copy(stateOf(config), older);
        runWith(config, Stream.of(revoked(3, "contoso", "k1")));
        int before = published(config).size();
        Folders.delete(stateOf(config));
        copy(older, stateOf(config));
        assertThat(runWith(config, Stream.of(clean(4, "contoso", "environment-0"))))
                .isEmpty();
        assertThat(published(config)).hasSize(before);
        assertThat(verified(config)).isEmpty();
    }

    /// What was done to a changelog, from which a wiped store is restored.
    enum Loss {
        ROW_LOST("the store environments has 11 rows instead of 12") {
            @Override
            void in(KeywardConfig config, byte[] older) {
                writeToChangelog(config, Nodes.ENVIRONMENTS, ROW, null);
            }
        },
        OLDER_ROW("the store environments has 12 rows, as at its last commit, but with other contents") {
            @Override
            void in(KeywardConfig config, byte[] older) {
                writeToChangelog(config, Nodes.ENVIRONMENTS, ROW, older);
            }
        },
        SEAL_LOST("it has rows, but no state digest") {
            @Override
            void in(KeywardConfig config, byte[] older) {
                writeToChangelog(config, Nodes.TENANTS, StateDigest.row(), null);
            }
        };

        private final String told;

        Loss(String told) {
            this.told = told;
        }

        /// @param older the row of the environment as it was before the key was revoked
        abstract void in(KeywardConfig config, byte[] older);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROW_LOST", "SEAL_LOST"})
    void aPartitionWhoseChangelogIsDamagedIsParkedUntilItIsDecidedFromTheInputs(Loss loss) {
        isParkedAndRepairedBesideTheInstance(loss, "classic");
    }

    @Tag("full")
    @Test
    void soItIsWithTheStreamsProtocol() {
        isParkedAndRepairedBesideTheInstance(Loss.OLDER_ROW, "streams");
    }

    private static void isParkedAndRepairedBesideTheInstance(Loss loss, String protocol) {
        KeywardConfig config = config("parked-%s-%s.".formatted(loss, protocol).toLowerCase(Locale.ROOT), protocol);
        List<Publication> before = damaged(config, loss);
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                StopSignal stop = StopSignal.install()) {
            instance.start();
            within().untilAsserted(() -> assertThat(readiness(instance))
                    .contains("partition " + PARTITION + " is parked", loss.told, "recover --from-inputs"));

            cluster.send(config.topics().names(), applied(4, "contoso", "waiting", "k2"), clean(4, ELSEWHERE, "other"));
            within().until(() -> decided(config, ELSEWHERE).equals(List.of("other")));
            assertThat(decided(config, "contoso")).hasSameSizeAs(before);
            assertThat(Scrape.of(instance.httpUri()).samples()).containsEntry("keyward_partitions_parked", 1.0);
            assertThatThrownBy(() -> StateRecovery.run(elsewhere(config), Instant.EPOCH, Set.of(OTHER), stop))
                    .hasMessageContaining("partition " + OTHER + " is not parked");

            assertThat(StateRecovery.run(elsewhere(config), Instant.EPOCH, Set.of(PARTITION), stop)
                            .lost())
                    .isEmpty();
            within().until(() -> decided(config, "contoso").getLast().equals("waiting"));
            assertThat(decided(config, "contoso")).hasSize(before.size() + 1);
            within().until(() -> readiness(instance).isEmpty());
            instance.rethrowFailure();
        }
        assertThat(verified(config)).isEmpty();
        assertThat(runWith(config, Stream.empty())).isEmpty();
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource(names = {"ROW_LOST", "OLDER_ROW"})
    void aParkedPartitionIsRepairedWhileNoInstanceRunsToo(Loss loss) {
        KeywardConfig config = config(loss.name().toLowerCase(Locale.ROOT) + ".");
        List<Publication> before = damaged(config, loss);
        try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE)) {
            instance.start();
            within().until(() -> readiness(instance).contains("is parked"));
        }
        assertThat(published(config)).isEqualTo(before);
        assertThat(verified(config)).isNotEmpty();

        StateRecovery.Outcome outcome = recovered(config);
        assertThat(outcome.lost()).isEmpty();
        assertThat(outcome.unknown()).isEmpty();
        assertThat(runWith(config, Stream.empty())).isEmpty();
        assertThat(published(config)).isEqualTo(before);
        assertThat(verified(config)).isEmpty();
    }

    /// Decides environments and a revocation, damages the changelog, and returns the decisions.
    private static List<Publication> damaged(KeywardConfig config, Loss loss) {
        runWith(config, environments());
        byte[] older = row(config);
        cluster.send(config.topics().names(), revoked(3, "contoso", "k1"));
        whileRunning(config, () -> within().until(() -> published(config).size() == 3 * ENVIRONMENTS));
        List<Publication> before = published(config);
        loss.in(config, older);
        return before;
    }

    private static String readiness(Instance instance) {
        return String.join(" ", InstanceHealth.readiness(instance).reasons());
    }

    /// The environments of the decisions about a tenant, in their order.
    private static List<String> decided(KeywardConfig config, String tenant) {
        String prefix = tenant + "/";
        return published(config).stream()
                .map(Publication::key)
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .toList();
    }

    /// As on another machine.
    private static KeywardConfig elsewhere(KeywardConfig config) {
        return config.with(StateSettings.DIR, stateOf(config).resolveSibling("elsewhere"));
    }

    private static StateRecovery.Outcome recovered(KeywardConfig config) {
        try (StopSignal stop = StopSignal.install()) {
            return within().ignoreExceptionsMatching(
                            refused -> refused.getMessage().contains("has members"))
                    .until(() -> StateRecovery.run(config, Instant.EPOCH, Set.of(PARTITION), stop), Objects::nonNull);
        }
    }

    private static final byte[] ROW = "contoso\0environment-3\0".getBytes(StandardCharsets.UTF_8);

    private static byte[] row(KeywardConfig config) {
        try (Database store = Database.open(store(stateOf(config), Nodes.ENVIRONMENTS))) {
            return store.rows(store.data()).stream()
                    .filter(row -> Arrays.equals(row[0], ROW))
                    .findFirst()
                    .orElseThrow()[1];
        }
    }

    private static Stream<Event> environments() {
        return IntStream.range(0, ENVIRONMENTS)
                .boxed()
                .flatMap(n -> Stream.of(
                        clean(1, "contoso", "environment-" + n), applied(2, "contoso", "environment-" + n, "k1")));
    }

    /// Decides the events with an instance that starts and stops, and returns its warnings about its state.
    private static List<String> runWith(KeywardConfig config, Stream<? extends Event> events) {
        cluster.sendAll(config.topics().names(), events);
        try (CapturedLog log = new CapturedLog()) {
            whileRunning(config, () -> awaitDecisions(config));
            return warnings(log);
        }
    }

    private static List<String> warnings(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.level().equals(Level.WARN) && line.text().contains("is incomplete"))
                .map(CapturedLog.Line::text)
                .toList();
    }

    private static KeywardConfig config(String prefix) {
        return config(prefix, "classic");
    }

    private static KeywardConfig config(String prefix, String protocol) {
        KeywardConfig config = cluster.config(
                prefix, Map.of("keyward.state.store", "rocksdb", "keyward.streams.group.protocol", protocol));
        cluster.withTopics(config);
        return config;
    }

    private static List<Publication> published(KeywardConfig config) {
        return cluster.published(config.topics().names().name(Topic.ENCRYPTION_DECISIONS));
    }

    private static List<?> verified(KeywardConfig config) {
        return StateVerification.run(
                        new Subject(
                                Map.of("bootstrap.servers", cluster.bootstrapServers()),
                                config.applicationId(),
                                config.topics().names(),
                                Instance.profile(config.rules()),
                                cluster.registry()),
                        ProofProgress.NONE,
                        Duration.ofSeconds(60))
                .findings();
    }

    /// As anyone who can write to the changelog: with the partition of the tenant.
    private static void writeToChangelog(KeywardConfig config, String store, byte[] key, byte[] value) {
        cluster.send(
                new ProducerRecord<>(KeywardTopology.changelog(config.applicationId(), store), PARTITION, key, value));
    }

    private static Path stateOf(KeywardConfig config) {
        return config.value(StateSettings.DIR);
    }

    /// What becomes of a row, by its value and its number in the order of keys; nothing deletes it.
    @FunctionalInterface
    private interface Edit {
        Optional<byte[]> of(byte[] value, int row);
    }

    private static byte[] changed(byte[] value) {
        byte[] other = value.clone();
        other[other.length - 1]++;
        return other;
    }

    /// Whether the row says which rules decided last; the seal is the other row of no tenant.
    private static boolean isText(byte[] value) {
        return value.length > 0 && value[0] != 1;
    }

    private static Path store(Path state, String name) {
        try (Stream<Path> folders = Files.walk(state)) {
            return folders.filter(folder -> folder.endsWith("0_" + PARTITION + "/rocksdb/" + name))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void edit(Path state, String name, Edit edit) {
        try (Database store = Database.open(store(state, name))) {
            int row = 0;
            for (byte[][] found : store.rows(store.data())) {
                Optional<byte[]> value = edit.of(found[1], row++);
                if (value.isEmpty()) {
                    store.db().delete(store.data(), found[0]);
                } else {
                    store.db().put(store.data(), found[0], value.get());
                }
            }
        } catch (RocksDBException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Puts older stores in the places of newer ones, and has them say that they are as new as those.
    private static void putBack(Path now, Path older, List<String> stores) {
        for (String name : stores) {
            List<byte[][]> offsets;
            try (Database newer = Database.open(store(now, name))) {
                offsets = newer.rows(newer.offsets());
            }
            Folders.delete(store(now, name));
            copy(store(older, name), now.resolve(older.relativize(store(older, name))));
            try (Database back = Database.open(store(now, name))) {
                for (byte[][] offset : offsets) {
                    back.db().put(back.offsets(), offset[0], offset[1]);
                }
            } catch (RocksDBException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The files of a store of Kafka Streams.
    private record Database(RocksDB db, ColumnFamilyHandle data, ColumnFamilyHandle offsets) implements AutoCloseable {
        static Database open(Path folder) {
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            try {
                RocksDB db = RocksDB.open(
                        new DBOptions(),
                        folder.toString(),
                        List.of(
                                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
                                new ColumnFamilyDescriptor("offsets".getBytes(StandardCharsets.UTF_8))),
                        handles);
                return new Database(db, handles.getFirst(), handles.getLast());
            } catch (RocksDBException failure) {
                throw new IllegalStateException(failure);
            }
        }

        List<byte[][]> rows(ColumnFamilyHandle family) {
            List<byte[][]> rows = new ArrayList<>();
            try (RocksIterator all = db.newIterator(family)) {
                for (all.seekToFirst(); all.isValid(); all.next()) {
                    rows.add(new byte[][] {all.key(), all.value()});
                }
            }
            return rows;
        }

        @Override
        public void close() {
            data.close();
            offsets.close();
            db.close();
        }
    }
}
