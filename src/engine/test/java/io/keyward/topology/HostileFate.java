package io.keyward.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.client.DeadLetterHeaders;
import io.keyward.domain.id.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;

/// The results for hostile records: each is refused once, for a right reason, or accepted where it may be.
public final class HostileFate {
    private final Map<String, HostileRecords.Hostile> sent = new HashMap<>();
    private final Map<RefusalCode, Integer> refusedByCode = new TreeMap<>();

    public void sent(HostileRecords.Hostile hostile) {
        sent.put(text(hostile.headers(), HostileRecords.NUMBER), hostile);
    }

    /// Adds a dead-letter record; a second one for the same record is an error.
    public void refused(Headers deadLetter, byte[] value) {
        HostileRecords.Hostile hostile = sent.remove(text(deadLetter, HostileRecords.NUMBER));
        String detail = text(deadLetter, DeadLetterHeaders.DETAIL);
        assertThat(hostile).as("refused twice, or never sent: %s", detail).isNotNull();
        RefusalCode code = RefusalCode.valueOf(text(deadLetter, DeadLetterHeaders.REASON));
        assertThat(hostile.codes()).as("%s: %s", hostile.kind(), detail).contains(code);
        assertThat(text(deadLetter, DeadLetterHeaders.TOPIC))
                .endsWith(hostile.topic().baseName());
        if (deadLetter.lastHeader(DeadLetters.TRUNCATED) == null) {
            assertThat(value).as(hostile.kind()).isEqualTo(hostile.value());
        } else {
            assertThat(hostile.value()).as(hostile.kind()).startsWith(value);
        }
        refusedByCode.merge(code, 1, Integer::sum);
    }

    /// Removes what was accepted. Nothing that had to be refused may remain.
    public void assertThatAllIsSettled() {
        assertThat(sent.values())
                .allSatisfy(taken -> assertThat(taken.mayBeTaken())
                        .as("%s in %s was neither refused nor may be taken", taken.kind(), taken.topic())
                        .isTrue());
        sent.clear();
    }

    public Map<RefusalCode, Integer> refusedByCode() {
        return refusedByCode;
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
