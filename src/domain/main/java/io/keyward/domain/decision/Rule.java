package io.keyward.domain.decision;

/// The rules of the domain by their stable numbers, each with one sentence for administrators.
public enum Rule {
    R1("No policy is in force: everything is encrypted with the Microsoft-managed key."),
    R2("The environment's data is under the customer's key: its components are encrypted with that key."),
    R3("Flows that existed when the environment was enabled stay on the Microsoft-managed key."),
    R3a("The platform migrates existing flows by itself: its report of their keys counts, not their age."),
    R4("The environment's inventory is not known yet: only what needs no inventory is claimed."),
    R5(
            "Connections without OAuth always stay on the Microsoft-managed key; for others, only what is known is claimed."),
    R6("Hosted machine groups provisioned before the key took effect must be provisioned again."),
    R7("Hosted machines are not supported and stay on the Microsoft-managed key."),
    R8("Only managed environments of an eligible type can be encrypted with a customer's key."),
    R9("After a policy is removed, its key must be kept for as long as backups under it live."),
    R10("A tenant can have only so many environments enabled."),
    R11("Beyond the tenant's limit only Dataverse is encrypted with the customer's key."),
    R12("A slot that becomes free goes to the environment that has waited longest."),
    R13("A lowered limit takes no slot away, and administrators are warned before the limit is reached."),
    R14("While an environment is enabled, its data does not flow to the analytics sinks of the profile."),
    R15("Each sink of each environment has one signal, which names every period whose data must not be delivered."),
    R16("A policy that pins no version follows the key's rotation."),
    R17("A version must stay enabled for 28 days after it was superseded."),
    R18("A policy that pins a version ignores rotation."),
    R19("A rotation does not unlock data that is under a revoked version."),
    R20("A revoked key locks every environment of the tenant that is on it."),
    R21("After its key is usable again, an environment must be enabled again."),
    R22("Changing the key needs the previous key to be usable, and that key must be kept while backups under it live."),
    R23("An expiring key is announced, and an expired one stops being used until there is a newer version."),
    R24("A deleted environment keeps its slot and its suppressions; a purged or reset one keeps nothing."),
    R25("Time is a fact: a date that passes changes what is decided, without any other event."),
    R26("Administrators are warned 7, 3 and 1 days before a locked environment is deleted."),
    R28("A report of a component states what is: the latest of each part counts."),
    R29("What is decided is enforced once every known part has shown it in a later report."),
    R30("Administrators are warned when a change is not proven in time, or has failed."),
    R31("Administrators are warned when items leave the key that they were under, or are under an unexpected one."),
    R32("Where evidence is required, only what reports show counts as encrypted with the customer's key.");

    private final String sentence;

    Rule(String sentence) {
        this.sentence = sentence;
    }

    /// The rule in one sentence for an administrator.
    public String sentence() {
        return sentence;
    }
}
