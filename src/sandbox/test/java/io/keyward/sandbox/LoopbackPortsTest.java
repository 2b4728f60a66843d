package io.keyward.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;

class LoopbackPortsTest {
    @RepeatedTest(20)
    void aFreePortIsNoneThatClientsGetFromTheSystem() {
        int port = LoopbackPorts.free();

        assertThat(port).isBetween(22_000, 32_767);
        LoopbackPorts.requireFree(port);
    }
}
