package io.keyward.registry.client;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/// What a registry asks of a subject's next version: whom it must be able to read (backward), who must be able to
/// read it (forward), and whether that holds for the version before it only or for all of them (transitive).
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

    /// Whether all earlier versions count, not only the last.
    public boolean isTransitive() {
        return transitive;
    }

    /// What keeps `next` from following `earlier`, one sentence each; empty if nothing does.
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
