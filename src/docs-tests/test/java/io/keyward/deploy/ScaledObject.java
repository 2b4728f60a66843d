package io.keyward.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;

/// KEDA's resource of this name, as far as the chart uses it. No library has a model of it.
@Group("keda.sh")
@Version("v1alpha1")
final class ScaledObject extends CustomResource<ScaledObject.Spec, Void> implements Namespaced {
    private static final long serialVersionUID = 1;

    record Spec(
            @JsonProperty(required = true) Target scaleTargetRef,
            int minReplicaCount,
            int maxReplicaCount,
            Advanced advanced,
            @JsonProperty(required = true) List<Trigger> triggers) {}

    record Target(String apiVersion, String kind, String name) {}

    record Advanced(Autoscaler horizontalPodAutoscalerConfig) {}

    record Autoscaler(HorizontalPodAutoscalerBehavior behavior) {}

    /// @param metadata what a trigger of this type takes; values are strings
    record Trigger(String type, String metricType, Map<String, String> metadata) {}
}
