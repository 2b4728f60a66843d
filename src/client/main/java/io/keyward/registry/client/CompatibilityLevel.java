package io.keyward.registry.client;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/// A subject's compatibility level. Backward: the next version can read data of earlier versions. Forward:
/// earlier versions can read data of the next version. Full: both. A transitive level compares with all earlier
/// versions, the other levels compare with the latest version only.
public enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /// Whether the next version is compared with all earlier versions, not only with the latest.
    public boolean isTransitive() {
        return transitive;
    }

    /// The incompatibilities of `next` with `earlier`, one sentence each; empty if they are compatible.
    public List<String> conflicts(Schema next, Schema earlier) {
        List<String> conflicts = new ArrayList<>();
        if (backward) {
            conflicts.addAll(unreadable("the new schema cannot read the old one's data", next, earlier));
        }
        if (forward) {
            conflicts.addAll(unreadable("the old schema cannot read the new one's data", earlier, next));
        }
        return conflicts;
    }

    public static boolean canRead(Schema reader, Schema writer) {
        return incompatibilities(reader, writer).isEmpty();
    }

    private static List<String> unreadable(String direction, Schema reader, Schema writer) {
        return incompatibilities(reader, writer).stream()
                .map(found -> "{errorType:'%s', description:'%s at path %s: %s'}"
                        .formatted(found.getType(), direction, found.getLocation(), found.getMessage()))
                .toList();
    }

    private static List<Incompatibility> incompatibilities(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities();
    }
}
