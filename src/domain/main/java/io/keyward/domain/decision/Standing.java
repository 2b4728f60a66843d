package io.keyward.domain.decision;

/// An environment's standing with its policy and its tenant's limit; the rules start from it.
public enum Standing {
    /// Its data is under no customer key (R1).
    NO_POLICY("No component of %0$s is encrypted with a customer-managed key."),
    /// The policy cannot be enforced here (R8).
    NOT_ELIGIBLE("No component of %0$s is encrypted with a customer-managed key."),
    /// Under a customer key, but its inventory is unknown (R4).
    INVENTORY_UNKNOWN("What %0$s holds is not known at present."),
    /// Under a customer key, without a slot (R11).
    OVER_LIMIT("Power Automate in %0$s is not enabled for a customer-managed key."),
    /// Under a customer key, with a slot (R2).
    ENABLED("A customer-managed key is enabled for %0$s."),
    /// Soft-deleted (R24).
    DELETED("The platform has deleted %0$s.");

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
