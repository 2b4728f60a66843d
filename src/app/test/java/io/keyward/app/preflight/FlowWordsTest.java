package io.keyward.app.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.domain.CloudFlow.Trigger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The names of triggers and actions, as the designer, definitions and connectors write them.
class FlowWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        PowerApp                                        | POWER_APPS_V1
        PowerApps                                       | POWER_APPS_V1
        PowerAppV1                                      | POWER_APPS_V1
        Power Apps                                      | POWER_APPS_V1
        power apps (v1)                                 | POWER_APPS_V1
        Request/PowerApp                                | POWER_APPS_V1
        PowerAppV2                                      | OTHER
        Power Apps (V2)                                 | OTHER
        When Power Apps calls a flow (V2)               | OTHER
        Request/PowerAppV2                              | OTHER
        Http                                            | HTTP
        HTTP                                            | HTTP
        Request/Http                                    | HTTP
        When a HTTP request is received                 | HTTP
        When an HTTP request is received                | HTTP
        Request                                         | HTTP
        manual                                          | HTTP
        Button                                          | OTHER
        Request/Button                                  | OTHER
        Manually trigger a flow                         | OTHER
        TeamsWebhook                                    | TEAMS
        When a Teams webhook request is received        | TEAMS
        shared_teams/OnNewChannelMessage                | TEAMS
        OnNewChannelMessage                             | TEAMS
        When a new channel message is added             | TEAMS
        When I'm @mentioned                             | TEAMS
        For a selected message (V2)                     | TEAMS
        From the compose box                            | TEAMS
        Recurrence                                      | OTHER
        When an item is created                         | OTHER
        When a new email arrives (V3)                   | OTHER
        """)
    void aTrigger(String name, Trigger expected) {
        assertThat(FlowWords.trigger(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        List flows as Admin (V1)                        | true
        List Flows as Admin                             | true
        ListFlowsAsAdmin                                | true
        List flows as Admin (V1) [DEPRECATED]           | true
        ListFlowsInEnvironment                          | true
        shared_flowmanagement/ListFlowsInEnvironment    | true
        List Flows as Admin (V2)                        | false
        ListFlowsInEnvironmentV2                        | false
        ListFlowsInEnvironment_V2                       | false
        List My Flows                                   | false
        Get Flow as Admin                               | false
        """)
    void anAction(String name, boolean expected) {
        assertThat(FlowWords.isListFlowsAsAdmin(name)).isEqualTo(expected);
    }
}
