package io.keyward.ops.http;

/// Who may ask an endpoint. For others it is as if there were no such path.
public enum Access {
    /// Everybody, strangers too: it tells nothing about a tenant.
    EVERYBODY,
    /// Whoever shows who they are. The answer holds only what that caller may know.
    CALLERS,
    /// Whoever may know about all tenants.
    UNRESTRICTED
}
