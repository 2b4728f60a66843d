package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class CarriedHeadersTest {
    private static final String LEFT_OUT = CarriedHeaders.LEFT_OUT;

    /// The length of a value that, with a name of one letter, uses half of the room.
    private static final int HALF = CarriedHeaders.MAX_BYTES / 2 - 11;

    private final RecordHeaders received = new RecordHeaders();

    @Test
    void headersThatFillTheRoomAreAllCarriedInTheirOrder() {
        add("b", HALF);
        add("a", HALF);
        assertThat(carried()).containsExactly("b", "a");
    }

    @Test
    void oneByteMoreAndTheHeaderIsLeftOutWholeAndCounted() {
        add("b", HALF);
        add("a", HALF + 1);
        assertThat(carried()).containsExactly("b", LEFT_OUT + "=1");
    }

    @Test
    void whatComesAfterALargeOneIsCarriedAsFarAsItFits() {
        add("l", 2 * CarriedHeaders.MAX_BYTES);
        add("a", HALF);
        add("m", CarriedHeaders.MAX_BYTES);
        add("b", HALF);
        assertThat(carried()).containsExactly("a", "b", LEFT_OUT + "=2");
    }

    @Test
    void howManyWereLeftOutOfAnEarlierRecordIsNotSaidOfThisOne() {
        received.add(LEFT_OUT, "7".getBytes(StandardCharsets.UTF_8));
        add("a", HALF);
        assertThat(carried()).containsExactly("a");
        add("l", CarriedHeaders.MAX_BYTES);
        assertThat(carried()).containsExactly("a", LEFT_OUT + "=1");
    }

    @Test
    void outputsDoNotCarryWhatDescribesTheInputsOwnBytesOrCoordinates() {
        for (String name : List.of(
                OriginCoordinates.HEADER, "a", "__key_schema_id", "__value_schema_id", OriginCoordinates.HEADER)) {
            add(name, 17);
        }
        add("l", CarriedHeaders.MAX_BYTES);
        assertThat(names(CarriedHeaders.toOutputs(received))).containsExactly("a", LEFT_OUT + "=1");
        assertThat(carried()).contains(OriginCoordinates.HEADER, "__key_schema_id", "__value_schema_id");
    }

    @Test
    void noHeadersGiveNone() {
        assertThat(carried()).isEmpty();
    }

    private void add(String name, int length) {
        received.add(name, new byte[length]);
    }

    private List<String> carried() {
        return names(CarriedHeaders.bounded(received));
    }

    private static List<String> names(Headers headers) {
        return Arrays.stream(headers.toArray())
                .map(header -> header.key().equals(LEFT_OUT)
                        ? LEFT_OUT + "=" + new String(header.value(), StandardCharsets.UTF_8)
                        : header.key())
                .toList();
    }
}
