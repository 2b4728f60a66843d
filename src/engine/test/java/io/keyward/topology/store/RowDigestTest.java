package io.keyward.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class RowDigestTest {
    private static final byte[] KEY = {1, 2, 3};

    @Property(tries = 200)
    void everyBitCounts(@ForAll @Size(max = 90) byte[] value) {
        RowDigest digest = digest(value);
        for (int bit = 0; bit < value.length * Byte.SIZE; bit++) {
            byte[] other = value.clone();
            other[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(digest(other))
                    .as("bit %d of %s", bit, Arrays.toString(value))
                    .isNotEqualTo(digest);
        }
    }

    @Property(tries = 200)
    void lengthAndOrderCount(@ForAll @Size(min = 1, max = 90) byte[] value) {
        assertThat(digest(Arrays.copyOf(value, value.length + 1))).isNotEqualTo(digest(value));
        byte[] turned = value.clone();
        for (int at = 0; at < value.length; at++) {
            turned[at] = value[value.length - 1 - at];
        }
        assertThat(digest(turned).equals(digest(value))).isEqualTo(Arrays.equals(turned, value));
    }

    private static RowDigest digest(byte[] value) {
        return RowDigest.NONE.with(KEY, value);
    }
}
