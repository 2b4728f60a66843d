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

/// How many index rows there are of each kind: what [EnvironmentCounts] says.
final class Tally {
    private static final String DECIDED = Table.DECIDED.name();

    /// The tables whose rows are counted. Those of all but the first begin with the name that they are counted under.
    private static final Set<Byte> COUNTED = Stream.of(
                    Table.DECIDED, Table.STATE, Table.STATUS, Table.WARNING, Table.COMPONENT, Table.SEVERITY)
            .map(Table::code)
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, Long> counts;

    private Tally(Map<String, Long> counts) {
        this.counts = counts;
    }

    static Tally empty() {
        return new Tally(new TreeMap<>());
    }

    /// Counts the index rows that are shown.
    static Tally count(Frozen frozen) {
        Tally tally = empty();
        COUNTED.forEach(table -> {
            byte[] prefix = {table};
            try (Scan rows = frozen.scan(prefix)) {
                rows.forEachRemaining(row -> tally.added(Bytes.wrap(KeyWriter.joined(prefix, row.key.get()))));
            }
        });
        return tally;
    }

    Tally copy() {
        return new Tally(new TreeMap<>(counts));
    }

    void added(Bytes indexRow) {
        change(indexRow, 1);
    }

    void removed(Bytes indexRow) {
        change(indexRow, -1);
    }

    private void change(Bytes indexRow, long by) {
        byte[] row = indexRow.get();
        if (COUNTED.contains(row[0])) {
            boolean named = row[0] != Table.DECIDED.code();
            counts.merge(named ? row[0] + " " + new KeyReader(row, 1).text() : DECIDED, by, Long::sum);
        }
    }

    byte[] bytes() {
        return counts.entrySet().stream()
                .map(count -> count.getKey() + "=" + count.getValue())
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    static Tally read(byte[] bytes) {
        Tally tally = empty();
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> {
            int end = line.lastIndexOf('=');
            tally.counts.put(line.substring(0, end), Long.valueOf(line.substring(end + 1)));
        });
        return tally;
    }

    EnvironmentCounts counts() {
        return new EnvironmentCounts(
                counts.getOrDefault(DECIDED, 0L),
                of(Table.STATE, EncryptionState.class),
                of(Table.STATUS, PolicyStatus.class),
                bySeverity(),
                of(Table.COMPONENT, WarningCode.class));
    }

    /// The name under which warnings of a code are counted that have another severity.
    static String name(WarningCode code, Severity severity) {
        return code + " " + severity;
    }

    private Map<WarningCode, Map<Severity, Long>> bySeverity() {
        Map<WarningCode, Map<Severity, Long>> open = new EnumMap<>(WarningCode.class);
        of(Table.WARNING, WarningCode.class).forEach((code, all) -> {
            Map<Severity, Long> severities = new EnumMap<>(Severity.class);
            long rest = all;
            for (Severity severity : Severity.values()) {
                long others = counts.getOrDefault(Table.SEVERITY.code() + " " + name(code, severity), 0L);
                if (others > 0) {
                    severities.put(severity, others);
                    rest -= others;
                }
            }
            if (rest > 0) {
                severities.put(code.severity(), rest);
            }
            open.put(code, severities);
        });
        return open;
    }

    private <E extends Enum<E>> Map<E, Long> of(Table table, Class<E> type) {
        Map<E, Long> found = new EnumMap<>(type);
        String prefix = table.code() + " ";
        counts.forEach((name, count) -> {
            if (name.startsWith(prefix) && count > 0) {
                found.put(Enum.valueOf(type, name.substring(prefix.length())), count);
            }
        });
        return found;
    }
}
