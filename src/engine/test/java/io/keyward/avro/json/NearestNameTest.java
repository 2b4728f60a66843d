package io.keyward.avro.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "same, same, 0",
        "'', abc, 3",
        "abc, '', 3",
        "abc, abcd, 1",
        "abcd, bcd, 1",
        "abc, abd, 1",
        "kitten, sitting, 3",
        "flaw, lawn, 2",
        "managed, damage, 3",
        "ab, ba, 2"
    })
    void itIsTheFewestEditsThatMakeOneOfTheOtherEitherWay(String one, String other, int edits) {
        assertThat(NearestName.edits(one, other)).isEqualTo(edits);
        assertThat(NearestName.edits(other, one)).isEqualTo(edits);
    }
}
