package io.keyward.domain.decision;

/// An environment's standing with its policy and its tenant's limit; the rules start from it.
public enum Standing {
    /// Its data is under no customer key (R1).
    NO_POLICY("No component of this environment is encrypted with a customer-managed key."),
    /// The policy cannot be enforced here (R8).
    NOT_ELIGIBLE("No component of this environment is encrypted with a customer-managed key."),
    /// Under a customer key, but its inventory is unknown (R4).
    INVENTORY_UNKNOWN("What this environment holds is not known at present."),
    /// Under a customer key, without a slot (R11).
    OVER_LIMIT("Power Automate in this environment is not enabled for a customer-managed key."),
    /// Under a customer key, with a slot (R2).
    ENABLED("This environment is enabled for a customer-managed key."),
    /// Soft-deleted (R24).
    DELETED("This environment has been deleted.");

    private final String sentence;

    Standing(String sentence) {
        this.sentence = sentence;
    }

    /// A sentence that is true of every environment with this standing. It is the text of a warning that
    /// ended because of this standing.
    public String sentence() {
        return sentence;
    }
}
