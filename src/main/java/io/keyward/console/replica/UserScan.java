package io.keyward.console.replica;

import io.keyward.domain.id.EnvironmentId;
import io.keyward.domain.id.KeyId;
import io.keyward.domain.id.TenantId;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/// A walk through the environments that use a key: those among whose applications it is, and those of which a latest
/// report counts items under it. Each comes once, in the order of tenant and environment.
final class UserScan implements AutoCloseable {
    private final Frozen frozen;
    private final Index applied;
    private final Index reported;

    UserScan(Frozen frozen, KeyId key) {
        this.frozen = frozen;
        applied = new Index(frozen, EnvironmentIndex.users(key).bytes());
        reported = new Index(frozen, ReportIndex.users(key).bytes());
    }

    /// One of the two indexes. Its rows go on with tenant and environment.
    private static final class Index {
        private final int start;
        private final Scan rows;

        Index(Frozen frozen, byte[] prefix) {
            start = prefix.length;
            rows = frozen.scan(prefix);
        }

        /// The part of the present row that tells the environment.
        Optional<byte[]> place() {
            if (!rows.isValid()) {
                return Optional.empty();
            }
            byte[] row = rows.key();
            KeyReader parts = new KeyReader(row, start);
            return Optional.of(KeyWriter.part(parts.text(), parts.text()));
        }

        void skip(byte[] place) {
            while (place().filter(present -> Arrays.equals(present, place)).isPresent()) {
                rows.next();
            }
        }
    }

    /// An environment whose own row was not read yet is left out. Both rows were written at once, so the row is among
    /// the records that are still to be read.
    void forEach(Consumer<EnvironmentRow> user) {
        Optional<byte[]> next = next();
        while (next.isPresent()) {
            byte[] place = next.get();
            KeyReader parts = new KeyReader(place, 0);
            SnapshotView.knownRow(frozen, new TenantId(parts.text()), new EnvironmentId(parts.text()))
                    .ifPresent(user);
            applied.skip(place);
            reported.skip(place);
            next = next();
        }
    }

    private Optional<byte[]> next() {
        Optional<byte[]> one = applied.place();
        Optional<byte[]> other = reported.place();
        return one.flatMap(first -> other.map(second -> Arrays.compareUnsigned(first, second) <= 0 ? first : second))
                .or(() -> one)
                .or(() -> other);
    }

    @Override
    public void close() {
        applied.rows.close();
        reported.rows.close();
    }
}
