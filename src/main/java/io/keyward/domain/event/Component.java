package io.keyward.domain.event;

/// A part of an environment that is encrypted separately.
public enum Component {
    DATAVERSE,
    CLOUD_FLOWS,
    DESKTOP_FLOWS,
    FLOW_RUN_HISTORY,
    OAUTH_CONNECTIONS,
    NON_OAUTH_CONNECTIONS,
    HOSTED_MACHINE_GROUPS,
    HOSTED_MACHINES
}
