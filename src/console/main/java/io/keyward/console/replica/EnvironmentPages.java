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
        if (byWords()) {
            return page(Cursor.WORDS, KeyWriter.in(Table.WORD).bytes(), word());
        }
        byte[] base = indexes.stream()
                .min(Comparator.comparingInt(this::rows))
                .orElseGet(() -> KeyWriter.in(Table.DECIDED).bytes());
        return page(Cursor.ENVIRONMENTS, base, tenant());
    }

    /// Whether the index of words leads. A cursor says which one led the previous page.
    private boolean byWords() {
        if (query.after().isPresent()) {
            return text.isPresent() && Cursor.isOf(Cursor.WORDS, query.after().get());
        }
        return text.isPresent()
                && indexes.stream()
                        .allMatch(index -> rows(KeyWriter.in(Table.WORD).bytes(), word()) <= rows(index));
    }

    private byte[] word() {
        return text.orElseThrow().getBytes(StandardCharsets.UTF_8);
    }

    /// What rows about the tenant begin with; nothing for all tenants.
    private byte[] tenant() {
        KeyWriter start = new KeyWriter();
        query.tenant().ifPresent(tenant -> start.text(tenant.value()));
        return start.bytes();
    }

    private int rows(byte[] index) {
        return rows(index, tenant());
    }

    /// How many rows of an index begin so, counted to a limit.
    private int rows(byte[] index, byte[] start) {
        try (Scan rows = frozen.scan(KeyWriter.joined(index, start))) {
            int count = 0;
            for (; count < COUNTED_ROWS && rows.hasNext(); rows.next()) {
                count++;
            }
            return count;
        }
    }

    /// A page of the index that leads, of its rows that begin so.
    private Page<EnvironmentRow> page(char list, byte[] base, byte[] start) {
        return new Listing(frozen, list, base, start, start.length == 0 ? Scan.OPEN : KeyWriter.after(start))
                .page(query.after(), query.limit(), row -> asked(list, row));
    }

    private Optional<EnvironmentRow> asked(char list, KeyReader parts) {
        Optional<String> word = list == Cursor.WORDS ? Optional.of(parts.text()) : Optional.empty();
        TenantId tenant = new TenantId(parts.text());
        EnvironmentId environment = new EnvironmentId(parts.text());
        return matches(tenant, environment, word) ? SnapshotView.row(frozen, tenant, environment) : Optional.empty();
    }

    private boolean matches(TenantId tenant, EnvironmentId environment, Optional<String> foundBy) {
        byte[] place = new KeyWriter().environment(tenant, environment).bytes();
        return query.tenant().filter(asked -> !asked.equals(tenant)).isEmpty()
                && text.filter(start -> !isFound(start, tenant, environment, foundBy))
                        .isEmpty()
                && indexes.stream()
                        .allMatch(index ->
                                frozen.get(KeyWriter.joined(index, place)).isPresent());
    }

    /// Of several words that begin alike, the environment is shown at the first one only.
    private static boolean isFound(String start, TenantId tenant, EnvironmentId environment, Optional<String> foundBy) {
        Optional<String> first = EnvironmentIndex.words(tenant, environment).stream()
                .filter(word -> word.startsWith(start))
                .findFirst();
        return first.isPresent() && (foundBy.isEmpty() || foundBy.equals(first));
    }
}
