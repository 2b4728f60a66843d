package io.keyward.ops.http;

/// Who may use an endpoint. For anyone else, the path does not exist.
public enum Access {
    /// Everyone, including unauthenticated clients: it reveals nothing about a tenant.
    EVERYBODY,
    /// Authenticated callers. The response contains only what the caller may know.
    CALLERS,
    /// Callers who may know about all tenants.
    UNRESTRICTED
}
