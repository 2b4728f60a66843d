package io.keyward.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.registry.wire.ArrayEncoder;
import io.keyward.registry.wire.BoundedDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Tests that repeated bytes are copied when written, and recognized when read.
class RepeatedBytesTest {
    private final ArrayEncoder encoder = new ArrayEncoder();
    private final BoundedDecoder decoder = new BoundedDecoder();

    @Test
    void aRepeatIsWhatWritingItAgainWouldBe() {
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
    void everyTextIsWrittenInUtf8() {
        for (String text :
                new String[] {"", "abc", "abc\u00e9", "\u65e5\u672c", "a\ud83d\ude00b", "half \ud83d", "\u007f\u0080"
                }) {
            encoder.reset();
            encoder.writeString(text);
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);

            assertThat(encoder.written())
                    .startsWith(2 * utf8.length)
                    .endsWith(utf8)
                    .hasSize(1 + utf8.length);
        }
    }

    @Test
    void onlyTheSameBytesAreSkipped() {
        for (String value : new String[] {"abc", "abc", "abd", "ab"}) {
            encoder.writeString(value);
        }
        byte[] all = encoder.written();
        decoder.reset(all, 0);

        assertThat(decoder.readString()).isEqualTo("abc");
        BoundedDecoder.Slice first = decoder.slice(0, decoder.position());
        assertThat(decoder.skipIfSame(first)).isTrue();
        assertThat(decoder.skipIfSame(first)).as("abd is not abc").isFalse();
        assertThat(decoder.readString()).isEqualTo("abd");
        assertThat(decoder.skipIfSame(first)).as("it ends before").isFalse();
        assertThat(decoder.readString()).isEqualTo("ab");
        assertThat(decoder.skipIfSame(first)).as("nothing is left").isFalse();
        assertThat(decoder.remainingBytes()).isZero();

        decoder.reset(all.clone(), 0);
        assertThat(decoder.skipIfSame(first)).as("of what was read before").isTrue();
    }
}
