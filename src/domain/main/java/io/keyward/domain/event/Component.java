package io.keyward.domain.event;

/// A part of an environment that is encrypted separately.
public enum Component {
    DATAVERSE("Dataverse"),
    CLOUD_FLOWS("Cloud flows"),
    DESKTOP_FLOWS("Desktop flows"),
    FLOW_RUN_HISTORY("Flow run history"),
    OAUTH_CONNECTIONS("Connections with OAuth"),
    NON_OAUTH_CONNECTIONS("Connections without OAuth"),
    HOSTED_MACHINE_GROUPS("Hosted machine groups"),
    HOSTED_MACHINES("Hosted machines");

    private final String title;

    Component(String title) {
        this.title = title;
    }

    /// The name that administrators know.
    public String title() {
        return title;
    }
}
