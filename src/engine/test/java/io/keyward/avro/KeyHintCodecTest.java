package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.event.KeyHint;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.ValueReader;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyHintCodecTest {
    private static final String TOPIC = "cmk.key-hints";

    private final ValueSerde values = ValueSerde.own(new InMemorySchemaRegistry(), SerializerSettings.DEFAULT);

    static Stream<KeyHint> hints() {
        Optional<String> vault = Optional.of("https://kv-contoso.vault.azure.net");
        return Stream.of(
                hint(vault, Optional.of("hr")),
                hint(vault, Optional.empty()),
                hint(Optional.empty(), Optional.empty()));
    }

    private static KeyHint hint(Optional<String> vault, Optional<String> key) {
        return new KeyHint(new TenantId("contoso"), Instant.parse("2026-03-01T10:00:00Z"), "KeyUpdate", vault, key);
    }

    @ParameterizedTest
    @MethodSource("hints")
    void whatIsWrittenIsRead(KeyHint hint) {
        byte[] bytes = values.writer().serialize(TOPIC, new RecordHeaders(), KeyHintCodec.write(hint));
        ValueReader reader = values.reader(List.of(GeneratedClasses.schema("io.keyward.event.KeyHint")));

        assertThat(KeyHintCodec.read(
                        reader.decode(TOPIC, new RecordHeaders(), bytes).value()))
                .contains(hint);
    }

    @Test
    void anotherRecordIsNotAHint() {
        assertThat(KeyHintCodec.read("no hint")).isEmpty();
    }
}
