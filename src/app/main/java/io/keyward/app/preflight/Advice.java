package io.keyward.app.preflight;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import io.keyward.domain.MigrationObstacle;
import io.keyward.topology.contract.YamlResource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What administrators are told before a policy is applied, as `preflight.yaml` has it.
///
/// @param obstacles why a flow does not migrate, and the way round
/// @param effects what applying a policy does besides, whatever flows there are
/// @param teamsTriggers the triggers of the Teams connector whose names do not mention Teams
record Advice(Map<MigrationObstacle, WayRound> obstacles, List<Effect> effects, Set<String> teamsTriggers) {
    static final Advice ALL = YamlResource.read("/preflight.yaml", Advice.class);

    /// @param why what is true of the flow
    record WayRound(String why, String wayRound) {}

    /// @param rule empty if it is the platform's
    record Effect(
            String effect,
            @JsonProperty(access = Access.WRITE_ONLY) String subject,
            @JsonInclude(Include.NON_EMPTY) String rule,
            String text) {}

    static WayRound on(MigrationObstacle obstacle) {
        return ALL.obstacles().get(obstacle);
    }
}
