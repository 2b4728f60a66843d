package io.keyward.avro.state;

import io.keyward.registry.wire.BoundedDecoder;
import java.io.IOException;

/// Values read lately, by their bytes. What repeats is decoded and checked once, and is one object. A value that
/// falls on the place of another one replaces it. Not thread-safe.
final class RecentValues {
    /// A power of two, for what the environments of a few tenants share.
    private static final int PLACES = 512;

    private final Recent<?>[] recent = new Recent<?>[PLACES];

    private static final class Recent<T> {
        private final RepeatedPart<T> part;
        private final byte[] bytes;
        private final T value;

        Recent(RepeatedPart<T> part, byte[] bytes, T value) {
            this.part = part;
            this.bytes = bytes;
            this.value = value;
        }
    }

    @SuppressWarnings("unchecked") // the part is the one that read the value
    <T> T read(RepeatedPart<T> part, StateInput in, BoundedDecoder avro) throws IOException {
        int from = avro.position();
        part.skip(in);
        int place = avro.hashFrom(from) & (PLACES - 1);
        Recent<?> known = recent[place];
        if (known != null && known.part.equals(part) && avro.isFrom(from, known.bytes)) {
            return (T) known.value;
        }
        byte[] bytes = avro.copyFrom(from);
        avro.back(from);
        T value = part.read(in);
        recent[place] = new Recent<>(part, bytes, value);
        return value;
    }
}
