package io.keyward.proof.inputs;

import io.keyward.topology.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a base says about itself: a copy of the changelogs, whose rows hold at least the facts of every input
/// below its positions. They may hold more, which does no harm: adding a fact twice changes nothing.
///
/// @param format the version of the form
/// @param positions of every partition, in their order
/// @param reroutedEnds where the topic `rerouted` ended, of every partition
/// @param changelogEnds up to where the changelogs were read, of every partition, by store
/// @param madeAt when it was made
/// @param rules the rules and the profile that the application decided by
/// @param productVersion the release that made it
/// @param files the SHA-256 of each file, in hex, by its name
public record Base(
        int format,
        String applicationId,
        List<Position> positions,
        List<Long> reroutedEnds,
        List<Map<String, Long>> changelogEnds,
        Instant madeAt,
        String rules,
        String productVersion,
        Map<String, String> files) {
    /// The version that this release writes, and the only one that it reads.
    public static final int FORMAT = 1;

    public Base {
        positions = List.copyOf(positions);
        reroutedEnds = List.copyOf(reroutedEnds);
        changelogEnds = List.copyOf(changelogEnds);
        files = Map.copyOf(files);
    }

    int partitions() {
        return positions.size();
    }

    /// The file with the rows of a partition.
    static String file(int partition) {
        return "partition-" + partition + ".rows.gz";
    }
}
