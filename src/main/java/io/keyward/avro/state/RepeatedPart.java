package io.keyward.avro.state;

import java.io.IOException;

/// A part whose values repeat from row to row, so that one value can stand for all with the same bytes.
///
/// @param <T> immutable
final class RepeatedPart<T> {
    private final Skip skip;
    private final StateInput.Part<T> reader;

    @FunctionalInterface
    interface Skip {
        void skip(StateInput in) throws IOException;
    }

    /// @param skip passes over exactly the bytes that the reader reads
    RepeatedPart(Skip skip, StateInput.Part<T> reader) {
        this.skip = skip;
        this.reader = reader;
    }

    /// A part that is one text.
    static <T> RepeatedPart<T> ofText(StateInput.Part<T> reader) {
        return new RepeatedPart<>(StateInput::skipText, reader);
    }

    void skip(StateInput in) throws IOException {
        skip.skip(in);
    }

    T read(StateInput in) throws IOException {
        return reader.read(in);
    }
}
