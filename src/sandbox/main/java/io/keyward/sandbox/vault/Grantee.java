package io.keyward.sandbox.vault;

/// An identity to which the owner of a key grants access: Keyward's own, or the managed identity of the customer's
/// enterprise policy, with which the platform reaches the key.
public enum Grantee {
    KEYWARD("Keyward"),
    POLICY("the enterprise policy");

    /// The client id of the policy's identity. All other clients are Keyward.
    public static final String POLICY_CLIENT = "00000000-0000-4000-8000-000000000001";

    private final String title;

    Grantee(String title) {
        this.title = title;
    }

    static Grantee of(String clientId) {
        return POLICY_CLIENT.equals(clientId) ? POLICY : KEYWARD;
    }

    /// The name for people.
    String title() {
        return title;
    }
}
