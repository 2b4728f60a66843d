// Lets a key vault tell Keyward's intake of changes: a subscription to its events, and its audit log in an Event Hub. For
// the owner of the vault; docs/intake.md says what is sent, which rights this takes, and how to check it.
//
//   az deployment group create --resource-group GROUP --template-file intake.bicep \
//     --parameters vaultName=VAULT intakeHost=HOST tenantId=TENANT-ID secret=SECRET
//
// Not compiled by the project's tests. Written by the reference of these types:
//   https://learn.microsoft.com/azure/templates/microsoft.eventgrid/systemtopics/eventsubscriptions
//   https://learn.microsoft.com/azure/templates/microsoft.eventhub/namespaces
//   https://learn.microsoft.com/azure/templates/microsoft.insights/diagnosticsettings
targetScope = 'resourceGroup'

@description('The key vault, in the resource group of this deployment.')
param vaultName string

@description('The region of the vault. A diagnostic setting reaches only an Event Hub in the same region.')
param location string = resourceGroup().location

@description('The host name of the intake. Its operator gives it to you.')
param intakeHost string

@description('Your tenant id in Keyward. Its operator gives it to you.')
param tenantId string

@description('The secret of your webhook. Its operator gives it to you.')
@secure()
@minLength(16)
param secret string

@description('Whether the address of the webhook carries the secret, too. Only if the handshake is refused without it.')
param secretInAddress bool = false

@description('The system topic of the vault. A vault has only one: if there is one, give its name.')
param systemTopicName string = '${vaultName}-events'

@description('Whether the audit log is sent to an Event Hub that the intake reads.')
param auditLog bool = true

@description('The namespace of the Event Hub, which is created. Its name must be unique in Azure.')
param auditNamespaceName string = 'keyward-audit-${uniqueString(resourceGroup().id, vaultName)}'

@description('The Event Hub, which is created.')
param auditHubName string = 'insights-logs-auditevent'

@description('The storage account that keeps the events that could not be delivered. Empty: they are dropped.')
param deadLetterStorageAccountId string = ''

@description('The container for these events. It must exist.')
param deadLetterContainer string = 'keyward-dead-letters'

var webhook = 'https://${intakeHost}/intake/eventgrid/${uriComponent(tenantId)}'
var secretQuery = secretInAddress ? '?code=${uriComponent(secret)}' : ''

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource systemTopic 'Microsoft.EventGrid/systemTopics@2022-06-15' = {
  name: systemTopicName
  location: location
  properties: {
    source: vault.id
    topicType: 'Microsoft.KeyVault.vaults'
  }
}

resource subscription 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2022-06-15' = {
  parent: systemTopic
  name: 'keyward'
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    filter: {
      includedEventTypes: [
        'Microsoft.KeyVault.KeyNewVersionCreated'
        'Microsoft.KeyVault.KeyNearExpiry'
        'Microsoft.KeyVault.KeyExpired'
        'Microsoft.KeyVault.VaultAccessPolicyChanged'
      ]
    }
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: '${webhook}${secretQuery}'
        deliveryAttributeMappings: [
          {
            name: 'Authorization'
            type: 'Static'
            properties: {
              value: 'Bearer ${secret}'
              isSecret: true
            }
          }
        ]
      }
    }
    // The longest that Event Grid tries.
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
    deadLetterDestination: empty(deadLetterStorageAccountId) ? null : {
      endpointType: 'StorageBlob'
      properties: {
        resourceId: deadLetterStorageAccountId
        blobContainerName: deadLetterContainer
      }
    }
  }
}

// Kafka's clients need the tier Standard.
resource auditNamespace 'Microsoft.EventHub/namespaces@2024-01-01' = if (auditLog) {
  name: auditNamespaceName
  location: location
  sku: {
    name: 'Standard'
    tier: 'Standard'
    capacity: 1
  }
  properties: {
    minimumTlsVersion: '1.2'
  }
}

// A diagnostic setting needs all three rights, on the namespace.
resource writing 'Microsoft.EventHub/namespaces/authorizationRules@2024-01-01' = if (auditLog) {
  parent: auditNamespace
  name: 'diagnostic-settings'
  properties: {
    rights: [
      'Listen'
      'Manage'
      'Send'
    ]
  }
}

resource auditHub 'Microsoft.EventHub/namespaces/eventhubs@2024-01-01' = if (auditLog) {
  parent: auditNamespace
  name: auditHubName
  properties: {
    partitionCount: 1
    messageRetentionInDays: 3
  }
}

// The intake may only read.
resource reading 'Microsoft.EventHub/namespaces/eventhubs/authorizationRules@2024-01-01' = if (auditLog) {
  parent: auditHub
  name: 'keyward-intake'
  properties: {
    rights: [
      'Listen'
    ]
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (auditLog) {
  scope: vault
  name: 'keyward'
  properties: {
    eventHubAuthorizationRuleId: writing.id
    eventHubName: auditHub.name
    logs: [
      {
        category: 'AuditEvent'
        enabled: true
      }
    ]
  }
}

@description('Where events are sent.')
output webhookAddress string = webhook

@description('What the operator of Keyward needs to read the audit log, besides the connection string of the rule keyward-intake.')
output bootstrapServers string = auditLog ? '${auditNamespaceName}.servicebus.windows.net:9093' : ''
output auditTopic string = auditLog ? auditHubName : ''
