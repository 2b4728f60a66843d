package io.keyward.bench.micro;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.api.Test;

class InnerPartsTest {
    @Test
    void everyPartRuns() {
        InnerParts parts = new InnerParts();
        parts.prepare();

        assertNotNull(parts.decode());
        assertNotNull(parts.decide());
        assertNotNull(parts.difference());
        assertNotNull(parts.readState());
        assertNotNull(parts.writeState());
        assertNotNull(parts.encode());
    }
}
