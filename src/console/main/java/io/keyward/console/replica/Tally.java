package io.keyward.console.replica;

import io.keyward.domain.decision.EncryptionState;
import io.keyward.domain.decision.PolicyStatus;
import io.keyward.domain.decision.Severity;
import io.keyward.domain.decision.WarningCode;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;

/// Counts of index rows, from which [EnvironmentCounts] is built.
final class Tally {
    /// The tables whose rows are counted, by the constant that their keys start with and by their value.
    private static final Set<Byte> COUNTED = Stream.of(Table.STATE, Table.STATUS, Table.WARNING, Table.COMPONENT)
            .map(Table::code)
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, Long> counts = new TreeMap<>();

    private Tally() {}

    /// Counts the visible index rows.
    static Tally count(ReplicaSnapshot snapshot) {
        Tally tally = new Tally();
        COUNTED.forEach(table -> {
            byte[] prefix = {table};
            try (Scan rows = snapshot.scan(prefix)) {
                rows.forEachRemaining(
                        row -> tally.added(Bytes.wrap(KeyWriter.joined(prefix, row.key.get())), Bytes.wrap(row.value)));
            }
        });
        return tally;
    }

    /// The stored counts of all index rows.
    static Tally kept(ReplicaSnapshot snapshot) {
        Tally tally = new Tally();
        KeyReader parts = new KeyReader(snapshot.get(Meta.TALLY_KEY).orElse(Scan.OPEN));
        while (parts.hasMore()) {
            tally.counts.put(parts.text(), parts.longNumber());
        }
        return tally;
    }

    byte[] bytes() {
        KeyWriter parts = new KeyWriter();
        counts.forEach((name, count) -> parts.text(name).number(count));
        return parts.bytes();
    }

    void added(Bytes indexRow, Bytes value) {
        change(indexRow.get(), value, 1);
    }

    void removed(Bytes indexRow, Bytes value) {
        change(indexRow.get(), value, -1);
    }

    private void change(byte[] row, Bytes value, long by) {
        if (COUNTED.contains(row[0])) {
            String text = new String(value.get(), StandardCharsets.UTF_8);
            counts.merge(name(row[0], new KeyReader(row, 1).text(), text), by, Long::sum);
        }
    }

    private static String name(byte table, String constant, String value) {
        return table + " " + constant + " " + value;
    }

    /// Every environment with a decision has exactly one state.
    EnvironmentCounts counts() {
        Map<EncryptionState, Long> states = of(Table.STATE, EncryptionState.class, "");
        Map<WarningCode, Map<Severity, Long>> open = new EnumMap<>(WarningCode.class);
        for (Severity severity : Severity.values()) {
            of(Table.WARNING, WarningCode.class, severity.name())
                    .forEach((code, count) -> open.computeIfAbsent(code, _ -> new EnumMap<>(Severity.class))
                            .put(severity, count));
        }
        return new EnvironmentCounts(
                states.values().stream().mapToLong(Long::longValue).sum(),
                states,
                of(Table.STATUS, PolicyStatus.class, ""),
                open,
                of(Table.COMPONENT, WarningCode.class, ""));
    }

    /// How many rows of a table have a value, by the constant that their keys start with; without zeros.
    private <E extends Enum<E>> Map<E, Long> of(Table table, Class<E> type, String value) {
        Map<E, Long> found = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            long count = counts.getOrDefault(name(table.code(), constant.name(), value), 0L);
            if (count > 0) {
                found.put(constant, count);
            }
        }
        return found;
    }
}
