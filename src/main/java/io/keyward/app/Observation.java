package io.keyward.app;

import io.keyward.ops.HealthSource;
import io.keyward.ops.HttpEndpoint;
import io.keyward.ops.KeywardMetrics;
import io.keyward.ops.Page;
import io.keyward.ops.ReadinessCheck;
import io.keyward.ops.RestoreProgress;
import io.keyward.ops.StreamsHealth;
import io.keyward.registry.RegistryHealth;
import io.keyward.topology.TopologyPicture;
import java.util.List;

/// What an operator sees of an instance: metrics, health and the topology, over HTTP from before the start on.
final class Observation implements AutoCloseable {
    private final KeywardMetrics metrics;
    private final HttpEndpoint endpoint;

    private Observation(KeywardMetrics metrics, HttpEndpoint endpoint) {
        this.metrics = metrics;
        this.endpoint = endpoint;
    }

    /// Opens the endpoint for an instance that has not been started.
    ///
    /// @throws io.keyward.ops.HttpEndpointException if the address cannot be used
    static Observation of(StreamsRuntime runtime, KeywardMetrics metrics, RegistryHealth registry, HttpSettings http) {
        RestoreProgress restore = new RestoreProgress();
        runtime.streams().setGlobalStateRestoreListener(restore);
        metrics.watch(runtime.streams(), restore);
        HealthSource health = StreamsHealth.of(
                runtime.streams(), restore, List.of(new ReadinessCheck("Schema registry", registry::problem)));
        List<Page> pages = List.of(
                Page.metrics(metrics),
                Page.liveness(health),
                Page.readiness(health),
                Page.topology(
                        () -> TopologyPicture.text(runtime.description()),
                        () -> TopologyPicture.mermaid(runtime.description())));
        return new Observation(metrics, HttpEndpoint.start(http.host(), http.port(), pages));
    }

    /// The port that the endpoint listens on.
    int port() {
        return endpoint.port();
    }

    @Override
    public void close() {
        endpoint.close();
        metrics.close();
    }
}
