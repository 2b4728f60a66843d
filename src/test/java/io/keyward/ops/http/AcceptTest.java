package io.keyward.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
    private static final List<String> OFFERS = List.of("text/plain", "application/openmetrics-text");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                                     | text/plain",
                "*/*                                                                    | text/plain",
                "text/html                                                              | text/plain",
                "application/openmetrics-text                                           | application/openmetrics-text",
                "APPLICATION/OpenMetrics-Text; version=1.0.0                            | application/openmetrics-text",
                "application/*                                                          | application/openmetrics-text",
                "text/plain;q=0.5, application/openmetrics-text;version=1.0.0           | application/openmetrics-text",
                "application/openmetrics-text;q=0.1, text/plain;q=0.2                   | text/plain",
                "application/openmetrics-text;q=0.1, */*                                | text/plain",
                "text/plain;q=0, */*;q=0.1                                              | application/openmetrics-text",
                "application/openmetrics-text;q=much, text/plain;q=0.001                | text/plain",
                ";;,=,;q=                                                               | text/plain",
            })
    void theOfferThatIsLikedBestIsTaken(String header, String expected) {
        assertThat(Accept.parse(header).preferred(OFFERS)).isEqualTo(expected);
    }
}
