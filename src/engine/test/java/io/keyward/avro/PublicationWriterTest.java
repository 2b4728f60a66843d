package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.decision.Publication;
import io.keyward.domain.id.TenantId;
import io.keyward.registry.ValueSerde;
import io.keyward.registry.client.InMemorySchemaRegistry;
import io.keyward.registry.client.SerializerSettings;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tests that publications have the same bytes as with any other Avro writer.
class PublicationWriterTest {
    private static final int PREFIX_BYTES = 5;

    static Stream<Long> seeds() {
        return RandomDomain.seeds();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theBytesAreThoseOfAvrosOwnWriter(long seed) {
        try (var serde = ValueSerde.own(new InMemorySchemaRegistry(), SerializerSettings.DEFAULT)) {
            var writer = new PublicationWriter(serde);
            for (var publication : new RandomDomain(seed).publications()) {
                var bytes = writer.bytes("any", new RecordHeaders(), publication);

                assertThat(Arrays.copyOfRange(bytes, PREFIX_BYTES, bytes.length))
                        .as("seed %d", seed)
                        .isEqualTo(AvroBytes.of(OutputCodec.write(publication).orElseThrow()));
            }
        }
    }

    @Test
    void aRetractionIsATombstone() {
        try (var serde = ValueSerde.own(new InMemorySchemaRegistry(), SerializerSettings.DEFAULT)) {
            var retraction = new Publication.Retraction(new TenantId("t"), Publication.Kind.DECISION, "t/e");
            assertThat(new PublicationWriter(serde).bytes("any", new RecordHeaders(), retraction))
                    .isNull();
        }
    }
}
