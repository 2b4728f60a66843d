package io.keyward.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.decision.AnalyticsSuppression;
import io.keyward.decision.EncryptionDecision;
import io.keyward.decision.Warning;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tests which schemas are written without Avro's own writer.
class PreparedWriterTest {

    static Stream<Schema> outputs() {
        return Stream.of(
                EncryptionDecision.getClassSchema(), Warning.getClassSchema(), AnalyticsSuppression.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void everyOutputIsServed(Schema output) {
        assertThat(PreparedWriter.of(output)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'map','values':'string'}",
                "{'type':'long','logicalType':'timestamp-micros'}",
                "{'type':'int','logicalType':'date'}",
                "{'type':'string','logicalType':'uuid'}",
                "['null','int','string']",
                "['int','string']",
                "['null','Outer']",
                "'bytes'",
                "'double'"
            })
    void anyOtherTypeIsLeftToAvro(String type) {
        var record = "{'type':'record','name':'Outer','fields':[{'name':'any','type':" + type + "}]}";

        assertThat(PreparedWriter.of(new Schema.Parser().parse(record.replace('\'', '"'))))
                .isEmpty();
    }
}
