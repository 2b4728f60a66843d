package io.keyward.avro.state;

import java.io.IOException;
import java.util.List;

/// Numbers the texts of a row, so that a repeated text is written as its number. Writer and reader add the same
/// texts in the same order: each text that is not written as a number. Reusable. Not thread-safe.
final class RowTexts {

    /// The texts that have a number in every row: the analytics sinks, which most rows contain. The order is part
    /// of the format.
    private static final List<String> COMMON = List.of("APPLICATION_INSIGHTS", "DATA_LAKE_EXPORT", "TENANT_REPORTING");

    /// The search is linear, so the texts of a large row do not all get numbers.
    static final int CAPACITY = 64;

    static final int NEW = -1;

    /// A shorter text takes hardly more bytes than its number would.
    private static final int MIN_LENGTH = 2;

    private final String[] texts = new String[CAPACITY];
    private final int[] hashes = new int[CAPACITY];
    private int size;

    RowTexts() {
        COMMON.forEach(this::numberOf);
    }

    /// Starts a new row.
    void reset() {
        size = COMMON.size();
    }

    /// The number of a known text. Otherwise adds the text and returns [#NEW].
    int numberOf(String text) {
        int hash = text.hashCode();
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash && texts[i].equals(text)) {
                return i;
            }
        }
        if (size < CAPACITY) {
            hashes[size] = hash;
        }
        add(text);
        return NEW;
    }

    /// Adds a text that did not occur before.
    void add(String text) {
        if (size < CAPACITY && text.length() >= MIN_LENGTH) {
            texts[size++] = text;
        }
    }

    /// @throws IOException if no text has this number
    String at(int number) throws IOException {
        if (number < 0 || number >= size) {
            throw new IOException("a text has the number " + number + ", but there are only " + size);
        }
        return texts[number];
    }
}
