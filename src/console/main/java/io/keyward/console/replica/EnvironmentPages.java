package io.keyward.console.replica;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.TenantId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Pages of environments. It scans the index with the fewest rows among the conditions and looks up the
/// other conditions for each row. A text is searched in the names of all environments, unless another
/// condition has few rows.
final class EnvironmentPages {
    /// Indexes with more rows than this count as equally long.
    private static final int COUNTED_ROWS = 500;

    private final ReplicaSnapshot snapshot;
    private final Optional<TenantId> tenant;
    private final EnvironmentQuery query;
    private final Optional<SearchText> text;

    /// Whether it scans the names of all environments.
    private final boolean byNames;

    /// The indexes for the conditions other than a text; the usually most selective ones first.
    private final List<byte[]> indexes;

    /// @param tenant the only tenant of the pages; empty for all
    EnvironmentPages(ReplicaSnapshot snapshot, Optional<TenantId> tenant, EnvironmentQuery query) {
        this.snapshot = snapshot;
        this.tenant = tenant;
        this.query = query;
        text = query.text().filter(given -> !given.isBlank()).map(SearchText::of);
        indexes = Stream.of(
                        query.key().map(key -> KeyWriter.in(Table.KEY).key(key)),
                        query.warning().map(IndexRows::with),
                        query.status().map(IndexRows::with),
                        query.state().map(IndexRows::with))
                .flatMap(index -> index.map(KeyWriter::bytes).stream())
                .toList();
        byNames = text.isPresent() && (indexes.isEmpty() || rows(shortest()) == COUNTED_ROWS);
    }

    Page<EnvironmentRow> page() {
        byte[] base = byNames ? KeyWriter.in(Table.NAME).bytes() : shortest();
        int most = byNames ? Listing.NAMES_PER_PAGE : Listing.ROWS_PER_PAGE;
        return new Listing(snapshot, Cursor.ENVIRONMENTS, query.after(), query.limit(), most)
                .page(base, KeyWriter.of(tenant), this::matching);
    }

    private byte[] shortest() {
        return indexes.stream()
                .min(Comparator.comparingInt(this::rows))
                .orElseGet(() -> KeyWriter.in(Table.DECIDED).bytes());
    }

    /// How many rows about the tenant an index has, counted up to a limit.
    private int rows(byte[] index) {
        return snapshot.count(KeyWriter.joined(index, KeyWriter.of(tenant)), COUNTED_ROWS);
    }

    private Optional<EnvironmentRow> matching(byte[] row) {
        if (byNames && !isNamed(row)) {
            return Optional.empty();
        }
        KeyReader parts = new KeyReader(row);
        TenantId owner = new TenantId(parts.text());
        Optional<EnvironmentId> environment = parts.given().map(EnvironmentId::new);
        byte[] rowKey = Arrays.copyOf(row, parts.position());
        return environment
                .filter(_ -> indexes.stream()
                        .allMatch(index ->
                                snapshot.get(KeyWriter.joined(index, rowKey)).isPresent()))
                .flatMap(id -> ReplicaView.row(snapshot, owner, id))
                .filter(found -> byNames || isNamed(found));
    }

    private boolean isNamed(EnvironmentRow row) {
        return row.state()
                .published()
                .decision()
                .filter(decision -> isNamed(EnvironmentNames.row(row, decision).bytes()))
                .isPresent();
    }

    private boolean isNamed(byte[] names) {
        return text.filter(words -> !words.isIn(new KeyReader(names).joined())).isEmpty();
    }
}
