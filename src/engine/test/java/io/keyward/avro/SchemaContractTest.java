package io.keyward.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyward.avro.json.Optionality;
import io.keyward.client.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Compares the schema files with the contract: the fields of every record, in order, and the symbols of every
/// enum.
class SchemaContractTest {

    private static final String HEAD = "eventId:string tenantId:string occurredAt:time source:string= ";

    @ParameterizedTest
    @CsvSource({
        "PolicyApplied,      environmentId:string policyId:string key:KeyReference",
        "PolicyRemoved,      environmentId:string policyId:string",
        "KeyRotated,         vaultUri:string keyName:string newVersion:string previousVersion:string? expiresAt:time?",
        "KeyRevoked,         vaultUri:string keyName:string keyVersion:string? cause:RevocationCause",
        "KeyRestored,        vaultUri:string keyName:string keyVersion:string? cause:RevocationCause?",
        "KeyExpiring,        vaultUri:string keyName:string keyVersion:string expiresAt:time",
        "EnvironmentChanged, environmentId:string displayName:string? region:string? type:EnvironmentType managed:boolean"
                + " lifecycle:Lifecycle runtimeEnabled:boolean=true cloudFlows:FlowInventory desktopFlows:FlowInventory"
                + " nonOAuthConnections:int=0 hostedMachineGroups:[HostedMachineGroup]=[] hostedMachines:int=0"
                + " flowMigration:FlowMigration?",
        "TenantLimitChanged, environmentLimit:int ticket:string?",
        "EnforcementReported, environmentId:string component:Component part:string= phase:EnforcementPhase"
                + " items:[ReportedItems] complete:boolean failedCount:long=0 failed:[FailedItem]=[]"
                + " parts:[string]=[]",
        "TimeReached, dueAt:time",
        "TenantErased, ''",
    })
    void anEventHoldsTheFieldsOfTheContractInOrder(String name, String fields) {
        assertThat(fields(SchemaFiles.parse("event/" + name + ".avsc"))).isEqualTo((HEAD + fields).strip());
    }

    @Test
    void aHintIsNotAnEventAndHasNoEventId() {
        assertThat(fields(SchemaFiles.parse("event/KeyHint.avsc")))
                .isEqualTo("tenantId:string occurredAt:time source:string= vaultUri:string keyName:string?");
    }

    @ParameterizedTest
    @CsvSource({
        "EncryptionDecision,   tenantId:string environmentId:string revision:long decidedAt:time"
                + " encryptionState:EncryptionState policyStatus:PolicyStatus policyId:string? key:KeyReference?"
                + " enabledSince:time? lockedSince:time? expectedDeletionAt:time? components:[ComponentProtection]"
                + " retainUntil:[RetainedKey] openWarnings:[string] suppressedSinks:[string] ruleProfile:string"
                + " cause:Cause enforcement:[Enforcement]=[] environmentName:string?",
        "Warning,              tenantId:string environmentId:string? environmentName:string? code:string"
                + " incident:string= sequence:int=0 status:WarningStatus severity:Severity subjects:[string]=[]"
                + " subjectCount:int=0 message:string remediation:string raisedAt:time clearedAt:time?"
                + " ruleProfile:string cause:Cause",
        "TenantErasure,        tenantSha256:string requestId:string? requestedAt:time erasedAt:time environments:long"
                + " keys:long outputs:long",
        "Progress,             partition:int partitions:int decidedUpTo:time positions:string applicationId:string",
        "AnalyticsSuppression, tenantId:string environmentId:string sink:string action:SuppressionAction"
                + " effectiveFrom:time reason:string revision:long ruleProfile:string"
                + " cause:Cause gaps:[SuppressionGap]=[]",
    })
    void anOutputHoldsTheFieldsOfTheContractInOrder(String name, String fields) {
        assertThat(fields(SchemaFiles.parse("decision/" + name + ".avsc"))).isEqualTo(fields);
    }

    @ParameterizedTest
    @CsvSource({
        "event/PolicyApplied,         KeyReference,        vaultUri:string keyName:string keyVersion:string?",
        "event/EnvironmentChanged,    FlowInventory,       count:int oldestCreatedAt:time? newestCreatedAt:time?"
                + " onMicrosoftManagedKey:int? cannotMigrate:[string]=[]",
        "event/EnvironmentChanged,    FlowMigration,       state:FlowMigrationState startedAt:time? finishedAt:time?",
        "event/EnvironmentChanged,    HostedMachineGroup,  groupId:string provisionedAt:time",
        "event/EnforcementReported,   ReportedItems,       key:KeyReference? count:long",
        "event/EnforcementReported,   FailedItem,          itemId:string reason:string",
        "decision/EncryptionDecision, KeyReference,        vaultUri:string keyName:string keyVersion:string?",
        "decision/EncryptionDecision, ComponentProtection, component:Component protection:Protection reason:string",
        "decision/EncryptionDecision, RetainedKey,         vaultUri:string keyName:string keyVersion:string? until:time",
        "decision/EncryptionDecision, Enforcement,         component:Component status:EnforcementStatus desiredSince:time",
        "decision/EncryptionDecision, Cause,               eventType:string eventId:string occurredAt:time topic:string"
                + " partition:int offset:long",
    })
    void aNestedRecordHoldsTheFieldsOfTheContractInOrder(String file, String name, String fields) {
        assertThat(fields(nested(file, name))).isEqualTo(fields);
    }

    @ParameterizedTest
    @CsvSource({
        "event/KeyRevoked,              RevocationCause,   KEY_DISABLED KEY_DELETED VAULT_DELETED ACCESS_REMOVED"
                + " NETWORK_BLOCKED POLICY_DELETED KEY_EXPIRED OTHER UNKNOWN",
        "event/EnvironmentChanged,      EnvironmentType,   PRODUCTION SANDBOX DEVELOPER TRIAL TEAMS DEFAULT UNKNOWN",
        "event/EnvironmentChanged,      Lifecycle,         ACTIVE DELETED PURGED RESET UNKNOWN",
        "event/EnvironmentChanged,      FlowMigrationState, NOT_STARTED RUNNING DONE UNKNOWN",
        "event/EnforcementReported,     Component,         DATAVERSE CLOUD_FLOWS DESKTOP_FLOWS FLOW_RUN_HISTORY"
                + " OAUTH_CONNECTIONS NON_OAUTH_CONNECTIONS HOSTED_MACHINE_GROUPS HOSTED_MACHINES UNKNOWN",
        "event/EnforcementReported,     EnforcementPhase,  RUNNING SUCCEEDED FAILED UNKNOWN",
        "decision/EncryptionDecision,   EncryptionState,   MICROSOFT_MANAGED CUSTOMER_MANAGED LOCKED RECOVERABLE DELETED"
                + " UNKNOWN",
        "decision/EncryptionDecision,   PolicyStatus,      NONE SUCCEEDED WARNING FAILED UNKNOWN",
        "decision/EncryptionDecision,   Component,         DATAVERSE CLOUD_FLOWS DESKTOP_FLOWS FLOW_RUN_HISTORY"
                + " OAUTH_CONNECTIONS NON_OAUTH_CONNECTIONS HOSTED_MACHINE_GROUPS HOSTED_MACHINES UNKNOWN",
        "decision/EncryptionDecision,   Protection,        MICROSOFT_MANAGED CUSTOMER_MANAGED MIXED PENDING_REPROVISION"
                + " LOCKED UNDETERMINED UNKNOWN",
        "decision/EncryptionDecision,   EnforcementStatus, ENFORCED IN_PROGRESS UNREPORTED DRIFTED FAILED UNKNOWN",
        "decision/Warning,              Severity,          INFO WARNING ERROR CRITICAL UNKNOWN",
        "decision/Warning,              WarningStatus,     RAISED UPDATED CLEARED UNKNOWN",
        "decision/AnalyticsSuppression, SuppressionAction, SUPPRESS ALLOW UNKNOWN",
    })
    void anEnumHoldsTheSymbolsOfTheContract(String file, String name, String symbols) {
        assertThat(nested(file, name).getEnumSymbols()).containsExactly(symbols.split(" "));
    }

    @Test
    void everyTopicOfTheContractHasItsRecord() {
        assertThat(Arrays.stream(Topic.values())
                        .filter(topic -> topic.valueSchema().isPresent())
                        .map(topic ->
                                topic.baseName() + "=" + topic.valueSchema().get()))
                .containsExactly(
                        "policy-applied=io.keyward.event.PolicyApplied",
                        "policy-removed=io.keyward.event.PolicyRemoved",
                        "key-rotated=io.keyward.event.KeyRotated",
                        "key-revoked=io.keyward.event.KeyRevoked",
                        "key-restored=io.keyward.event.KeyRestored",
                        "key-expiring=io.keyward.event.KeyExpiring",
                        "environment-changed=io.keyward.event.EnvironmentChanged",
                        "tenant-limit-changed=io.keyward.event.TenantLimitChanged",
                        "enforcement-reported=io.keyward.event.EnforcementReported",
                        "encryption-decisions=io.keyward.decision.EncryptionDecision",
                        "warnings=io.keyward.decision.Warning",
                        "analytics-suppressions=io.keyward.decision.AnalyticsSuppression",
                        "erasures=io.keyward.decision.TenantErasure",
                        "progress=io.keyward.decision.Progress",
                        "time-reached=io.keyward.event.TimeReached",
                        "tenant-erased=io.keyward.event.TenantErased",
                        "key-hints=io.keyward.event.KeyHint",
                        "key-watch=io.keyward.event.KeyWatch");
    }

    @Test
    void everySchemaFileBelongsToATopic() {
        var files = new ArrayList<String>();
        Stream.of("event", "decision")
                .flatMap(SchemaFiles::in)
                .forEach(file -> files.add(SchemaFiles.parse(file).getFullName()));

        assertThat(Arrays.stream(Topic.values()).flatMap(topic -> topic.valueSchema().stream()))
                .containsExactlyInAnyOrderElementsOf(files);
    }

    private static Schema nested(String file, String name) {
        return SchemaFiles.namedTypes(SchemaFiles.parse(file + ".avsc")).stream()
                .filter(type -> type.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String fields(Schema record) {
        return String.join(
                " ", record.getFields().stream().map(SchemaContractTest::field).toList());
    }

    private static String field(Schema.Field field) {
        var text = field.name() + ":" + type(field.schema());
        return field.hasDefaultValue() && !field.schema().isUnion() ? text + "=" + field.defaultVal() : text;
    }

    private static String type(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> type(Optionality.valueSchema(schema)) + "?";
            case ARRAY -> "[" + type(schema.getElementType()) + "]";
            case RECORD, ENUM -> schema.getName();
            case LONG -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis ? "time" : "long";
            default -> schema.getName();
        };
    }
}
