package io.keyward.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.registry.wire.ArrayEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests that texts have the same bytes as with Avro's own encoder, whatever their characters and their length.
class ArrayEncoderTest {
    static Stream<String> texts() {
        return Stream.of(
                        "",
                        "a",
                        "0-9_./~ \t\u0000\u007f",
                        "\u0080",
                        "äß",
                        "λ",
                        "漢",
                        "😀",
                        "\ud83d",
                        "\ude00",
                        "\ud83dx")
                .flatMap(text -> Stream.of("", "x", "y".repeat(62), "z".repeat(511), "z".repeat(512), "z".repeat(9_000))
                        .flatMap(other -> Stream.of(text + other, other + text, other + text + other)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textsAreEncodedAsAvroDoes(String text) throws IOException {
        ArrayEncoder ours = new ArrayEncoder();
        var bytes = new ByteArrayOutputStream();
        var avros = EncoderFactory.get().binaryEncoder(bytes, null);
        for (var encoder : List.of(ours, avros)) {
            for (String written : List.of("before", text, text, "behind")) {
                encoder.writeString(written);
            }
        }
        avros.flush();

        assertThat(ours.written()).isEqualTo(bytes.toByteArray());
    }
}
