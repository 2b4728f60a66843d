package io.keyward.console.replica;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Pages of environments. The index with the fewest rows for one of the conditions leads; the other conditions are
/// looked up for each of its rows.
final class EnvironmentPages {
    /// The most index rows that one page looks at.
    static final int ROWS_PER_PAGE = 1_000;

    /// Indexes with more rows than that count as equally long.
    private static final int COUNTED_ROWS = 500;

    private final Frozen frozen;
    private final EnvironmentQuery query;
    private final Optional<String> text;

    /// The indexes that answer a condition, without that of words; those that are selective as a rule come first.
    private final List<byte[]> indexes = new ArrayList<>();

    EnvironmentPages(Frozen frozen, EnvironmentQuery query) {
        this.frozen = frozen;
        this.query = query;
        text = query.text().map(String::strip).filter(given -> !given.isEmpty()).map(EnvironmentIndex::word);
        query.key().ifPresent(key -> indexes.add(EnvironmentIndex.users(key).bytes()));
        query.warning().ifPresent(code -> indexes.add(with(Table.WARNING, code)));
        query.status().ifPresent(status -> indexes.add(with(Table.STATUS, status)));
        query.state().ifPresent(state -> indexes.add(with(Table.STATE, state)));
    }

    private static byte[] with(Table table, Enum<?> value) {
        return EnvironmentIndex.with(table, value).bytes();
    }

    Page<EnvironmentRow> page() {
        return byWords() ? new Walk(Cursor.WORDS, KeyWriter.in(Table.WORD).bytes(), words()).page() : byIndex();
    }

    private Page<EnvironmentRow> byIndex() {
        byte[] base = indexes.stream()
                .min(Comparator.comparingInt(index -> rows(ofTenant(index))))
                .orElseGet(() -> KeyWriter.in(Table.DECIDED).bytes());
        return new Walk(Cursor.ENVIRONMENTS, base, ofTenant(base)).page();
    }

    /// Whether the index of words leads. A cursor says which one led the previous page.
    private boolean byWords() {
        if (query.after().isPresent()) {
            return text.isPresent() && Cursor.isOf(Cursor.WORDS, query.after().get());
        }
        return text.isPresent()
                && (indexes.isEmpty() || indexes.stream().allMatch(index -> rows(words()) <= rows(ofTenant(index))));
    }

    private byte[] words() {
        return KeyWriter.in(Table.WORD)
                .raw(text.orElseThrow().getBytes(StandardCharsets.UTF_8))
                .bytes();
    }

    private byte[] ofTenant(byte[] index) {
        return query.tenant()
                .map(tenant -> KeyWriter.joined(index, KeyWriter.part(tenant.value())))
                .orElse(index);
    }

    /// How many rows begin with the prefix, counted to a limit.
    private int rows(byte[] prefix) {
        try (Scan rows = frozen.scan(prefix)) {
            int count = 0;
            for (; count < COUNTED_ROWS && rows.isValid(); rows.next()) {
                count++;
            }
            return count;
        }
    }

    private boolean matches(TenantId tenant, EnvironmentId environment, Optional<String> foundBy) {
        return query.tenant().filter(asked -> !asked.equals(tenant)).isEmpty()
                && text.filter(start -> !isFound(start, tenant, environment, foundBy))
                        .isEmpty()
                && indexes.stream()
                        .allMatch(index -> frozen.get(
                                        KeyWriter.joined(index, KeyWriter.part(tenant.value(), environment.value())))
                                .isPresent());
    }

    /// Of several words that begin alike, the environment is shown at the first one only.
    private static boolean isFound(String start, TenantId tenant, EnvironmentId environment, Optional<String> foundBy) {
        Optional<String> first = EnvironmentIndex.words(tenant, environment).stream()
                .filter(word -> word.startsWith(start))
                .findFirst();
        return first.isPresent() && (foundBy.isEmpty() || foundBy.equals(first));
    }

    /// One walk along the index that leads: over its rows with `prefix`. The places of cursors begin after `base`.
    private final class Walk {
        private final char list;
        private final byte[] base;
        private final byte[] prefix;

        Walk(char list, byte[] base, byte[] prefix) {
            this.list = list;
            this.base = base;
            this.prefix = prefix;
        }

        Page<EnvironmentRow> page() {
            List<EnvironmentRow> found = new ArrayList<>();
            byte[] last = prefix;
            try (Scan rows = frozen.scan(start(), KeyWriter.after(prefix))) {
                for (int seen = 0; rows.isValid() && found.size() < query.limit() && seen < ROWS_PER_PAGE; seen++) {
                    last = rows.key();
                    addIfAsked(last, found);
                    rows.next();
                }
                return new Page<>(
                        found, rows.isValid() ? Optional.of(Cursor.write(list, last, base.length)) : Optional.empty());
            }
        }

        private byte[] start() {
            return query.after()
                    .map(cursor -> KeyWriter.next(KeyWriter.joined(base, Cursor.read(list, cursor))))
                    .map(start -> KeyWriter.later(start, prefix))
                    .orElse(prefix);
        }

        private void addIfAsked(byte[] row, List<EnvironmentRow> found) {
            KeyReader parts = new KeyReader(row, base.length);
            Optional<String> word = list == Cursor.WORDS ? Optional.of(parts.text()) : Optional.empty();
            TenantId tenant = new TenantId(parts.text());
            EnvironmentId environment = new EnvironmentId(parts.text());
            if (matches(tenant, environment, word)) {
                found.add(SnapshotView.row(frozen, tenant, environment));
            }
        }
    }
}
