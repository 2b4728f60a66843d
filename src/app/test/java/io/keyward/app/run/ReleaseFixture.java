package io.keyward.app.run;

import static io.keyward.topology.Events.applied;
import static io.keyward.topology.Events.changed;
import static io.keyward.topology.Events.clean;
import static io.keyward.topology.Events.day;
import static io.keyward.topology.Events.expiring;
import static io.keyward.topology.Events.flowsFrom;
import static io.keyward.topology.Events.limit;
import static io.keyward.topology.Events.removed;
import static io.keyward.topology.Events.revoked;
import static io.keyward.topology.Events.rotated;

import io.keyward.config.KeywardConfig;
import io.keyward.domain.event.Event;
import io.keyward.domain.event.HostedMachineGroup;
import io.keyward.domain.event.Lifecycle;
import io.keyward.domain.event.Snapshot;
import io.keyward.domain.id.GroupId;
import io.keyward.testing.Cluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.awaitility.Awaitility;

/// What a release leaves on disk: its topics and changelogs, its schemas and its state folder, as the next release
/// finds them. One file per release, written by that release and never again; `0.2.0-form6` is of a build between two
/// releases, the last one that told neither gaps nor incidents.
final class ReleaseFixture {
    static final Path FOLDER = Path.of("src", "app", "test", "resources", "releases");

    private static final Map<String, String> SETTINGS =
            Map.of("keyward.topics.partitions", "1", "keyward.state.memory", "16 MiB");

    private ReleaseFixture() {}

    /// The configuration of the processor that wrote it, and of the one that resumes.
    static KeywardConfig config(Cluster cluster) {
        return cluster.config("release.", SETTINGS);
    }

    /// Every kind of row: environments that are locked, enabled, waiting, left, purged; keys with facts of each kind; a
    /// stated limit and a queue.
    static List<Event> story() {
        return List.of(
                clean(1, "contoso", "hr"),
                applied(2, "contoso", "hr", "k1"),
                rotated(3, "contoso", "k1", "v2"),
                expiring(3, "contoso", "k1", "v2"),
                revoked(4, "contoso", "k1"),
                changed(1, "contoso", "it", Lifecycle.ACTIVE, flowsFrom(1)),
                applied(2, "contoso", "it", "k2"),
                removed(5, "contoso", "it", "k2"),
                clean(1, "contoso", "gone"),
                applied(2, "contoso", "gone", "k1"),
                changed(3, "contoso", "gone", Lifecycle.PURGED, flowsFrom(1)),
                limit(1, "fabrikam", 1),
                clean(1, "fabrikam", "a"),
                clean(1, "fabrikam", "b"),
                applied(2, "fabrikam", "a", "k1"),
                applied(3, "fabrikam", "b", "k1"),
                withGroups(1, "robots", "testers"),
                applied(2, "contoso", "rpa", "k3"),
                removed(3, "contoso", "rpa", "k3"),
                applied(4, "contoso", "rpa", "k3"),
                withGroups(5, "robots"),
                revoked(6, "contoso", "k3"));
    }

    /// The environment `rpa` with groups of hosted machines from before any policy.
    private static Event withGroups(int day, String... groups) {
        Event.EnvironmentChanged empty = clean(day, "contoso", "rpa");
        Snapshot without = empty.snapshot();
        return new Event.EnvironmentChanged(
                empty.tenantId(),
                empty.stamp(),
                empty.environmentId(),
                new Snapshot(
                        without.type(),
                        without.managed(),
                        without.lifecycle(),
                        without.cloudFlows(),
                        without.desktopFlows(),
                        without.nonOAuthConnections(),
                        Arrays.stream(groups)
                                .map(group -> new HostedMachineGroup(new GroupId(group), day(1)))
                                .toList(),
                        without.hostedMachines(),
                        without.flowMigration(),
                        without.displayName()),
                true);
    }

    /// Runs the events and packs the result.
    static void write(Path work, Path zip) throws IOException {
        try (Cluster cluster = Cluster.start(work)) {
            KeywardConfig config = config(cluster);
            cluster.withTopics(config);
            cluster.send(config.topics().names(), story().toArray(Event[]::new));
            try (Instance instance = Instance.prepare(config, false, Cluster.NOTHING_DUE);
                    Backlog backlog = Backlog.connect(config)) {
                instance.start();
                Awaitility.await().until(() -> backlog.undecided().isEmpty());
            }
        }
        Files.createDirectories(zip.toAbsolutePath().getParent());
        pack(work, zip);
    }

    static void unpack(Path zip, Path work) throws IOException {
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream packed = new ZipInputStream(file)) {
            for (ZipEntry entry = packed.getNextEntry(); entry != null; entry = packed.getNextEntry()) {
                Path target = work.resolve(entry.getName()).normalize();
                if (!target.startsWith(work)) {
                    throw new IOException("no place in the folder: " + entry.getName());
                }
                Files.createDirectories(target.getParent());
                Files.copy(packed, target);
            }
        }
    }

    private static void pack(Path work, Path zip) throws IOException {
        try (Stream<Path> found = Files.walk(work);
                ZipOutputStream packed = new ZipOutputStream(Files.newOutputStream(zip))) {
            packed.setLevel(9);
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(work.relativize(file).toString());
                entry.setLastModifiedTime(FileTime.fromMillis(0));
                packed.putNextEntry(entry);
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
    }
}
