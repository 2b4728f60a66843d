package io.keyward.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.registry.wire.ArrayEncoder;
import io.keyward.registry.wire.BoundedDecoder;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Tests that repeated bytes are copied when written, and recognized when read.
class RepeatedBytesTest {
    private final ArrayEncoder encoder = new ArrayEncoder();
    private final BoundedDecoder decoder = new BoundedDecoder();

    @Test
    void aRepeatIsWhatWritingItAgainWouldBe() throws IOException {
        encoder.writeString("abc");
        encoder.writeString("x".repeat(600)); // larger than the initial array
        encoder.repeat(0, encoder.bytesBuffered());
        byte[] repeated = encoder.written();

        encoder.reset();
        for (int time = 0; time < 2; time++) {
            encoder.writeString("abc");
            encoder.writeString("x".repeat(600));
        }
        assertThat(repeated).isEqualTo(encoder.written());
    }

    @Test
    void onlyTheSameBytesAreSkipped() throws IOException {
        for (String value : new String[] {"abc", "abc", "abd", "ab"}) {
            encoder.writeString(value);
        }
        decoder.reset(encoder.written(), 0);

        assertThat(decoder.readString()).isEqualTo("abc");
        int end = decoder.position();
        assertThat(decoder.skipIfSame(0, end)).isTrue();
        assertThat(decoder.skipIfSame(0, end)).as("abd is not abc").isFalse();
        assertThat(decoder.readString()).isEqualTo("abd");
        assertThat(decoder.skipIfSame(0, end)).as("it ends before").isFalse();
        assertThat(decoder.readString()).isEqualTo("ab");
        assertThat(decoder.skipIfSame(0, end)).as("nothing is left").isFalse();
        assertThat(decoder.remainingBytes()).isZero();
    }
}
